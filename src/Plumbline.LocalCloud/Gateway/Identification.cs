using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Plumbline.Aws.Models;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>The first stage: which service a request is for. Which operation, its codec knows.</summary>
internal static class Identification
{
    private static readonly List<ServiceModel> Models = [.. ServiceModel.Ids.Select(ServiceModel.For)];

    private static readonly Dictionary<string, ServiceModel> ByTarget = Models
        .Where(model => model.TargetPrefix is not null)
        .ToDictionary(model => model.TargetPrefix!);

    /// <summary>The service; S3 where nothing says otherwise, for its requests need not even be signed to be S3's.</summary>
    public static ServiceModel ServiceOf(HttpRequest request, string path)
    {
        if (ByTarget.TryGetValue(request.Headers["X-Amz-Target"].ToString().Split('.')[0], out var byTarget))
        {
            return byTarget;
        }

        if (
            path.StartsWith("/service/", StringComparison.Ordinal)
            && ByTarget.TryGetValue(path.Split('/')[2], out var byPath)
        )
        {
            return byPath;
        }

        var scope = CredentialScope.Of(request);
        var candidates = Models.Where(model => model.SigningName == scope?.Service).ToList();
        return candidates.Find(model => model.TargetPrefix is null)
            ?? candidates.FirstOrDefault()
            ?? ServiceModel.For("s3");
    }

    /// <summary>The path and the query as they were sent: Kestrel's own have dots and escapes resolved, which in S3's keys mean something.</summary>
    public static (string Path, string Query) Target(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            // The absolute form, as sent to a proxy.
            target = Uri.TryCreate(target, UriKind.Absolute, out var absolute) ? absolute.PathAndQuery : "/";
        }

        var mark = target.IndexOf('?');
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }
}
