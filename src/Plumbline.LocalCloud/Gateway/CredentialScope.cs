using Microsoft.AspNetCore.Http;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>Which key signed a request, and for which day, region and service, as the request says.</summary>
/// <param name="AccessKeyId">The key's public part.</param>
/// <param name="Service">The signing name of the service.</param>
internal sealed record CredentialScope(string AccessKeyId, string Service)
{
    /// <summary>Read from the Authorization header, or from a presigned query; null where there is neither.</summary>
    public static CredentialScope? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var start = header.IndexOf("Credential=", StringComparison.Ordinal);
        var credential =
            start < 0 ? request.Query["X-Amz-Credential"].ToString() : header[(start + 11)..].Split(',', ' ')[0];
        return credential.Split('/') is [var key, _, _, var service, "aws4_request"] ? new(key, service) : null;
    }
}
