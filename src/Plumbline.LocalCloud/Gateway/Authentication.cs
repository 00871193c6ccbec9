using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>Who signed a request, and with what: the chunks of a streaming body are signed with the same keys.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Authorization">What the request says about its signature.</param>
/// <param name="Credentials">The keys that it holds for.</param>
public sealed record Signed(Caller Caller, SigV4Authorization Authorization, SigningCredentials Credentials);

/// <summary>The second stage: who asks. SigV4, in the headers or presigned, against the local cloud's own key pairs.</summary>
public sealed class Authentication(CredentialStore credentials)
{
    private readonly SigV4Verifier verifier = new(ProcessTime.Clock);

    /// <summary>Who signed an operation's request.</summary>
    /// <exception cref="AwsException">Not signed, signed with an unknown key, wrongly signed, or too old; in the service's own words.</exception>
    public Signed Authenticate(RequestBody request, ServiceModel service)
    {
        var signed = Verify(request.Wire, ProtocolOf(service, request.Http.Headers));
        var scoped = signed.Authorization.Service;
        return scoped == service.SigningName ? signed : throw WrongService(request, service);
    }

    /// <summary>The body of a request to a path of our own, once its signature, for whatever service, holds.</summary>
    public async Task<ReadOnlyMemory<byte>> AuthenticateOwnPathAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        var (path, query) = Identification.Target(context);
        Verify(new WireRequest(context.Request.Method, path, query, context.Request.Headers, body), "json");
        return body;
    }

    private Signed Verify(WireRequest request, string protocol)
    {
        var verdict = SigV4Authorization.Read(request.Query, request.Headers, out var authorization);
        if (authorization is null)
        {
            throw IsSignatureVersion2(request) ? OldSignature() : SignatureErrors.Of(verdict, protocol);
        }

        var keys =
            credentials.Find(authorization.AccessKeyId)
            ?? throw SignatureErrors.Of(SignatureVerdict.UnknownKey, protocol);
        var signing = new SigningCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);
        verdict = verifier.Verify(authorization, request, signing);
        return verdict switch
        {
            SignatureVerdict.Valid when keys.Expiration <= ProcessTime.Clock.GetUtcNow() => throw SignatureErrors.Of(
                SignatureVerdict.BadToken,
                protocol
            ),
            SignatureVerdict.Valid => new Signed(keys.Caller, authorization, signing),
            SignatureVerdict.BadToken => throw WrongToken(protocol),
            _ => throw SignatureErrors.Of(verdict, protocol),
        };
    }

    private static bool IsSignatureVersion2(WireRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("AWS ", StringComparison.Ordinal)
        || request.Query.Contains("AWSAccessKeyId=", StringComparison.Ordinal);

    private static AwsException OldSignature() =>
        new(
            "InvalidRequest",
            400,
            "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
        );

    /// <summary>A token that is missing or another key's; one that has run out is a different error.</summary>
    private static AwsException WrongToken(string protocol) =>
        protocol == "rest-xml"
            ? new("InvalidToken", 400, "The provided token is malformed or otherwise invalid.")
            : SignatureErrors.Of(SignatureVerdict.UnknownKey, protocol);

    private static AwsException WrongService(RequestBody request, ServiceModel service)
    {
        var code = ProtocolOf(service, request.Http.Headers) switch
        {
            "rest-xml" => "AuthorizationHeaderMalformed",
            "query" => "SignatureDoesNotMatch",
            _ => "InvalidSignatureException",
        };
        var status = code == "AuthorizationHeaderMalformed" ? 400 : 403;
        return new(code, status, $"Credential should be scoped to correct service: '{service.SigningName}'.");
    }

    /// <summary>In which protocol's terms an error is told; CBOR's are those of JSON.</summary>
    private static string ProtocolOf(ServiceModel service, IHeaderDictionary headers) =>
        service.Protocols.Contains("rest-xml") ? "rest-xml"
        : service.Protocols.Contains("query")
        && !headers.ContainsKey("X-Amz-Target")
        && !headers.ContainsKey("smithy-protocol")
            ? "query"
        : "json";
}
