using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Signing;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// The body of an S3 request, as x-amz-content-sha256 describes it: aws-chunked is decoded, and the bytes are checked
/// against the signature while they are read. Other services' bodies are covered by the request's own signature.
/// </summary>
internal static class SignedPayload
{
    /// <summary>Returns the request with its body decoded.</summary>
    /// <exception cref="AwsException">The header is missing or has an unknown value.</exception>
    public static async Task<RequestBody> OpenAsync(RequestBody request, ServiceModel service, VerifiedSignature signed)
    {
        if (service.Id != "s3")
        {
            return request;
        }

        var declared = Declared(request.Meant.Headers, signed);
        if (request.Stream is { } stream)
        {
            return Open(request, stream, declared, signed);
        }

        if (!PayloadHash.IsStreaming(declared))
        {
            return declared == PayloadHash.Unsigned || declared == PayloadHash.Of(request.Wire.Body.Span)
                ? request
                : throw SignatureErrors.Of(SignatureVerdict.BodyMismatch, "rest-xml");
        }

        // Small bodies, which are in memory already, may come in chunks too.
        using var sent = new MemoryStream(request.Wire.Body.ToArray());
        using var decoded = new MemoryStream();
        await Open(request, sent, declared, signed).Stream!.CopyToAsync(decoded, CancellationToken.None);
        return request with { Meant = request.Meant with { Body = decoded.ToArray() } };
    }

    private static RequestBody Open(RequestBody request, Stream sent, string declared, VerifiedSignature signed)
    {
        if (declared == PayloadHash.Unsigned)
        {
            return request with { Stream = sent };
        }

        if (!PayloadHash.IsStreaming(declared))
        {
            return request with { Stream = new HashedStream(sent, declared) };
        }

        var chain =
            declared == PayloadHash.StreamingUnsignedTrailer ? null
            : signed.Authorization is { } authorization ? new ChunkSignatures(authorization, signed.Credentials)
            : throw Unknown(declared);
        var chunked = new AwsChunkedStream(sent, chain);
        return request with
        {
            Stream = chunked,
            StreamLength = DecodedLength(request.Meant.Headers),
            Trailer = name => chunked.Trailers.GetValueOrDefault(name),
        };
    }

    private static string Declared(IHeaderDictionary headers, VerifiedSignature signed)
    {
        var declared = headers[PayloadHash.Header].ToString();
        if (declared.Length == 0)
        {
            return signed.IsPresigned
                ? PayloadHash.Unsigned
                : throw new AwsException(
                    "InvalidRequest",
                    400,
                    "Missing required header for this request: x-amz-content-sha256"
                );
        }

        return
            PayloadHash.IsHash(declared)
            || declared
                is PayloadHash.Unsigned
                    or PayloadHash.Streaming
                    or PayloadHash.StreamingTrailer
                    or PayloadHash.StreamingUnsignedTrailer
            ? declared
            : throw Unknown(declared);
    }

    private static AwsException Unknown(string declared) =>
        new(
            "InvalidArgument",
            400,
            $"x-amz-content-sha256 must be {PayloadHash.Unsigned}, {PayloadHash.StreamingTrailer}, {PayloadHash.StreamingUnsignedTrailer}, {PayloadHash.Streaming}, or a valid sha256 value."
        )
        {
            Members = new JsonObject { ["ArgumentName"] = PayloadHash.Header, ["ArgumentValue"] = declared },
        };

    private static long DecodedLength(IHeaderDictionary headers) =>
        long.TryParse(headers["x-amz-decoded-content-length"], out var length) && length >= 0
            ? length
            : throw new AwsException("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
}
