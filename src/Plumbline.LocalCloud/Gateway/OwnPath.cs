using Microsoft.AspNetCore.Http;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>A path outside AWS's API: container credentials, health, the clock, git.</summary>
/// <param name="Prefix">The start of the request's path, as sent.</param>
/// <param name="AnswerAsync">Authenticates in its own way, and answers.</param>
internal sealed record OwnPath(string Prefix, RequestDelegate AnswerAsync)
{
    /// <summary>
    /// True if a request with the prefix is for this path; needed where a bucket may have the same name.
    /// </summary>
    public Func<HttpContext, bool> Claims { get; init; } = _ => true;
}
