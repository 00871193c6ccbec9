using Microsoft.AspNetCore.Http;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>The key and the service of a signature, as the request states them.</summary>
/// <param name="AccessKeyId">The key's public part.</param>
/// <param name="Service">The signing name of the service.</param>
internal sealed record CredentialScope(string AccessKeyId, string Service)
{
    /// <summary>Reads the Authorization header or a presigned query; null if the request has neither.</summary>
    public static CredentialScope? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var start = header.IndexOf("Credential=", StringComparison.Ordinal);
        var credential =
            start < 0 ? request.Query["X-Amz-Credential"].ToString() : header[(start + 11)..].Split(',', ' ')[0];
        return credential.Split('/') is [var key, _, _, var service, "aws4_request"] ? new(key, service) : null;
    }
}
