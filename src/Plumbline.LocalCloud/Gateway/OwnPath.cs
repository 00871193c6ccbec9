using Microsoft.AspNetCore.Http;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// A path that is no operation of AWS's API: container credentials, the clock, git. None of them can be a bucket's
/// name.
/// </summary>
/// <param name="Prefix">What the request's path starts with, as it was sent.</param>
/// <param name="AnswerAsync">Answers, and authenticates in its own way.</param>
public sealed record OwnPath(string Prefix, RequestDelegate AnswerAsync)
{
    /// <summary>Whether a request whose path has the prefix is meant, where a bucket may have such a name.</summary>
    public Func<HttpContext, bool> Claims { get; init; } = _ => true;
}
