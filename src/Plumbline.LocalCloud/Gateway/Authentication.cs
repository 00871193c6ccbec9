using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Gateway.Credentials;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>The second stage: who asks. SigV4 against the local cloud's own key pairs.</summary>
public sealed class Authentication(CredentialStore credentials)
{
    /// <summary>The caller of an operation.</summary>
    /// <exception cref="AwsException">Not signed, signed with an unknown key, or wrongly signed.</exception>
    public Caller Authenticate(RequestBody request, ServiceModel service, Operation operation)
    {
        var scope =
            CredentialScope.Of(request.Http)
            ?? throw new AwsException("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
        var keys =
            credentials.Find(scope.AccessKeyId)
            ?? throw new AwsException(
                "InvalidClientTokenId",
                403,
                "The security token included in the request is invalid."
            );
        return keys.Caller;
    }

    /// <summary>The body of a request to a path of our own, once its signature holds.</summary>
    public async Task<ReadOnlyMemory<byte>> AuthenticateOwnPathAsync(HttpContext context)
    {
        _ =
            CredentialScope.Of(context.Request)
            ?? throw new AwsException("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }
}
