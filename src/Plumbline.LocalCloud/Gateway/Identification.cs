using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// The first stage: finds the service that a request is for. The service's codec finds the operation.
/// </summary>
internal static class Identification
{
    private static readonly List<ServiceModel> Models = [.. ServiceModel.Ids.Select(ServiceModel.For)];

    private static readonly Dictionary<string, ServiceModel> ByTarget = Models
        .Where(model => model.TargetPrefix is not null)
        .ToDictionary(model => model.TargetPrefix!);

    /// <summary>If two services share a signing name, the one without a target prefix: SageMaker Runtime.</summary>
    private static readonly Dictionary<string, ServiceModel> BySigningName = Models
        .OrderBy(model => model.TargetPrefix is not null)
        .DistinctBy(model => model.SigningName)
        .ToDictionary(model => model.SigningName);

    /// <summary>Returns the service; S3 is the default, because its requests may even be unsigned.</summary>
    public static RequestTarget Of(HttpRequest request, string path)
    {
        var named = NamedIn(request, path);
        if (named is not null && ByTarget.TryGetValue(named, out var byTarget))
        {
            return Here(byTarget, request);
        }

        var scope = CredentialScope.Of(request)?.Service;
        if (named is null && UnservedServices.Share(request, path, scope) is { } other)
        {
            return other;
        }

        return
            named is null
            && (scope is null ? ServiceModel.For("s3") : BySigningName.GetValueOrDefault(scope)) is { } model
            ? Here(model, request)
            : UnservedServices.Of(request, scope, named);
    }

    /// <summary>
    /// Returns the path and the query as sent: Kestrel resolves dots and escapes, which matter in S3's keys.
    /// </summary>
    public static (string Path, string Query) Target(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            // The absolute form, as clients send it to a proxy.
            target = Uri.TryCreate(target, UriKind.Absolute, out var absolute) ? absolute.PathAndQuery : "/";
        }

        var mark = target.IndexOf('?');
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }

    private static RequestTarget Here(ServiceModel model, HttpRequest request) =>
        new(model.Id, CodecTable.For(model, request.Headers), IsHere: true);

    /// <summary>
    /// The service's name in the JSON protocols' target or in CBOR's path; null if the request has neither.
    /// </summary>
    private static string? NamedIn(HttpRequest request, string path)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        if (target.Length > 0)
        {
            var dot = target.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? target : target[..dot];
        }

        return path.StartsWith("/service/", StringComparison.Ordinal) && request.Headers.ContainsKey("smithy-protocol")
            ? path.Split('/')[2]
            : null;
    }
}
