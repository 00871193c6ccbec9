using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.LocalCloud.Gateway.Credentials;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// The address from which a job, a build or an endpoint fetches temporary keys of its role, as AWS's SDKs do in a
/// container: AWS_CONTAINER_CREDENTIALS_FULL_URI with AWS_CONTAINER_AUTHORIZATION_TOKEN.
/// </summary>
internal sealed class ContainerCredentials(CredentialStore credentials)
{
    /// <summary>The start of the path; the grant's id follows.</summary>
    public const string Path = "/_plumbline/credentials/";

    /// <summary>The environment variables that lead an AWS SDK here.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment(Uri endpoint, CredentialGrant grant) =>
        [
            new("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(endpoint, Path + grant.Id).ToString()),
            new("AWS_CONTAINER_AUTHORIZATION_TOKEN", grant.Token),
        ];

    /// <summary>Answers with temporary keys, or 403 for an invalid grant.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        // The path as sent: Kestrel resolves dots, and the result may no longer begin with Path.
        var id = Identification.Target(context).Path[Path.Length..];
        var redeemed = await credentials.RedeemAsync(
            new CredentialGrant(id, context.Request.Headers.Authorization.ToString())
        );
        if (redeemed is not var (keys, roleArn))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var answer = new JsonObject
        {
            ["AccessKeyId"] = keys.AccessKeyId,
            ["SecretAccessKey"] = keys.SecretAccessKey,
            ["Token"] = keys.SessionToken,
            ["Expiration"] = keys.Expiration!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
            ["RoleArn"] = roleArn,
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
