using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>The signer of a request, and its keys: they also sign the chunks of a streaming body.</summary>
/// <param name="Caller">The principal that signed.</param>
/// <param name="Authorization">The fields of the signature; null for version 2, which does not cover the body.</param>
/// <param name="Credentials">The keys that made the signature.</param>
internal sealed record VerifiedSignature(
    Caller Caller,
    SigV4Authorization? Authorization,
    SigningCredentials Credentials
)
{
    /// <summary>True if the signature is in the query.</summary>
    public bool IsPresigned => Authorization?.IsPresigned ?? true;
}

/// <summary>The second stage, authentication: SigV4, in headers or presigned, against our own key pairs.</summary>
internal sealed class Authentication(CredentialStore credentials)
{
    /// <summary>The largest body, in bytes, of our own paths; it is read before the caller is known.</summary>
    private const int LargestOwnBody = 1024;

    /// <summary>Bodies up to this size, in bytes, are read before the caller is known.</summary>
    private const int SmallBody = 64 * 1024;

    private readonly SigV4Verifier verifier = new(ProcessTime.Clock);

    /// <summary>Returns the signer of an operation's request.</summary>
    /// <param name="request">The request as it was sent.</param>
    /// <param name="codec">The codec of the request's service and protocol.</param>
    /// <param name="isHere">True if the local cloud has the service; for others, any valid signature will do.</param>
    /// <exception cref="AwsException">
    /// The request is unsigned or too old, or its key or signature is wrong; the message has the service's own words.
    /// </exception>
    public VerifiedSignature Authenticate(WireRequest request, Codec codec, bool isHere = true)
    {
        var service = codec.Model;
        var signed =
            service.Id == "s3" && SigV2Presigned.IsIn(request.Query)
                ? VerifyVersion2(request)
                : Verify(request, codec.Protocol);
        return !isHere || signed.Authorization is null || signed.Authorization.Service == service.SigningName
            ? signed
            : throw new AwsException(
                codec.Protocol == "query" ? "SignatureDoesNotMatch" : "InvalidSignatureException",
                403,
                $"Credential should be scoped to correct service: '{service.SigningName}'."
            );
    }

    /// <summary>
    /// Refuses a request with a large body before the body is read, if it does not name one of our keys. A wrong
    /// signature is only found after the body, which it covers, was read.
    /// </summary>
    /// <exception cref="AwsException">The error that <see cref="Authenticate"/> would throw.</exception>
    public void RefuseStrangers(HttpRequest http, Codec codec, string path, string query)
    {
        if (http.ContentLength <= SmallBody || (http.ContentLength is null && http.Headers.TransferEncoding.Count == 0))
        {
            return;
        }

        var request = new WireRequest(http.Method, path, query, http.Headers, ReadOnlyMemory<byte>.Empty);
        if (codec.Model.Id == "s3" && SigV2Presigned.IsIn(query))
        {
            VerifyVersion2(request);
        }
        else
        {
            Identify(request, codec.Protocol);
        }
    }

    /// <summary>
    /// Returns the body of a request to one of our own paths after its signature, for any service, was verified. Only
    /// the account's own key is accepted, never a role's.
    /// </summary>
    public async Task<ReadOnlyMemory<byte>> AuthenticateOwnPathAsync(HttpContext context)
    {
        var buffer = new byte[LargestOwnBody + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, false, context.RequestAborted);
        if (length > LargestOwnBody)
        {
            throw new AwsException(
                "RequestEntityTooLargeException",
                413,
                $"The body is larger than {LargestOwnBody} bytes."
            );
        }

        var body = buffer.AsMemory(0, length).ToArray();
        var (path, query) = Identification.Target(context);
        var signed = Verify(
            new WireRequest(context.Request.Method, path, query, context.Request.Headers, body),
            "json"
        );
        return signed.Caller == Caller.Root
            ? body
            : throw Denied($"User: {signed.Caller.Arn} is not authorized: only the account's own key may do this.");
    }

    /// <summary>Reads the signature's fields and finds its key; does not verify the signature.</summary>
    private (SigV4Authorization Authorization, KeyPair Keys) Identify(WireRequest request, string protocol)
    {
        var isS3 = protocol == "rest-xml";
        var verdict = SigV4Authorization.Read(request.Query, request.Headers, out var authorization);
        if (authorization is null)
        {
            throw isS3 && verdict == SignatureVerdict.Incomplete
                ? Unreadable(request)
                : SignatureErrors.Of(verdict, protocol);
        }

        if (isS3 && !authorization.IsPresigned && HoistedHeaders.IsPresigned(request.Query))
        {
            throw S3SignatureErrors.Two(request.Headers.Authorization.ToString());
        }

        return credentials.Find(authorization.AccessKeyId) is { } keys
            ? (authorization, keys)
            : throw Refused(SignatureVerdict.UnknownKey, authorization, request, protocol);
    }

    private VerifiedSignature Verify(WireRequest request, string protocol)
    {
        var (authorization, keys) = Identify(request, protocol);
        var signing = SigningOf(keys);
        var verdict = verifier.Verify(authorization, request, signing);
        return verdict switch
        {
            SignatureVerdict.Valid when HasRunOut(keys) => throw Because(SignatureVerdict.BadToken),
            SignatureVerdict.Valid => new VerifiedSignature(keys.Caller, authorization, signing),
            SignatureVerdict.BadToken => throw (
                protocol == "rest-xml" ? WrongToken() : Because(SignatureVerdict.UnknownKey)
            ),
            _ => throw Because(verdict),
        };

        AwsException Because(SignatureVerdict why) => Refused(why, authorization, request, protocol);
    }

    private static AwsException Refused(
        SignatureVerdict why,
        SigV4Authorization authorization,
        WireRequest request,
        string protocol
    ) =>
        protocol == "rest-xml"
            ? S3SignatureErrors.Of(why, authorization, request, ProcessTime.Clock.GetUtcNow())
            : SignatureErrors.Of(why, protocol);

    private VerifiedSignature VerifyVersion2(WireRequest request)
    {
        if (request.Headers.Authorization.Count > 0)
        {
            throw S3SignatureErrors.Two(request.Headers.Authorization.ToString());
        }

        var signature =
            SigV2Presigned.Read(request.Query)
            ?? throw Denied(
                "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters"
            );
        var end = signature.End ?? throw Denied($"Invalid date (should be seconds since epoch): {signature.Expires}");
        var now = ProcessTime.Clock.GetUtcNow();
        if (end < now)
        {
            throw S3SignatureErrors.Expired(end, now);
        }

        var keys = credentials.Find(signature.AccessKeyId) ?? throw S3SignatureErrors.UnknownKey(signature.AccessKeyId);
        var signing = SigningOf(keys);
        if (signature.SessionToken != signing.SessionToken)
        {
            throw WrongToken();
        }

        if (!signature.IsSignedBy(signing, request))
        {
            throw S3SignatureErrors.Mismatch(signature, request);
        }

        return HasRunOut(keys)
            ? throw SignatureErrors.Of(SignatureVerdict.BadToken, "rest-xml")
            : new VerifiedSignature(keys.Caller, Authorization: null, signing);
    }

    private static SigningCredentials SigningOf(KeyPair keys) =>
        new(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);

    private static bool HasRunOut(KeyPair keys) => keys.Expiration <= ProcessTime.Clock.GetUtcNow();

    private static AwsException Unreadable(WireRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("AWS ", StringComparison.Ordinal)
            ? new(
                "InvalidRequest",
                400,
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
            )
            : S3SignatureErrors.Malformed(request.Query, request.Headers);

    private static AwsException Denied(string message) => new("AccessDenied", 403, message);

    /// <summary>The token is missing or belongs to another key; an expired token is a different error.</summary>
    private static AwsException WrongToken() =>
        new("InvalidToken", 400, "The provided token is malformed or otherwise invalid.");
}
