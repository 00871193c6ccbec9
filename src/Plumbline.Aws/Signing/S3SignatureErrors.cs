using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Signing;

/// <summary>S3's errors about signatures, with the details that a client's author needs to find the mistake.</summary>
public static class S3SignatureErrors
{
    /// <summary>Returns the error for a readable signature that failed the check.</summary>
    /// <param name="verdict">Any verdict but Valid.</param>
    /// <param name="authorization">The signature's description in the request.</param>
    /// <param name="now">The server's time.</param>
    public static AwsException Of(
        SignatureVerdict verdict,
        SigV4Authorization authorization,
        WireRequest request,
        DateTimeOffset now
    ) =>
        verdict switch
        {
            SignatureVerdict.Mismatch => Mismatch(authorization, request),
            SignatureVerdict.Expired => Expired(authorization.Time + authorization.Expires!.Value, now, authorization),
            SignatureVerdict.UnknownKey => UnknownKey(authorization.AccessKeyId),
            SignatureVerdict.Incomplete => Malformed(request.Query, request.Headers),
            SignatureVerdict.HeaderNotSigned => With(
                Of(verdict),
                ("HeadersNotSigned", string.Join(", ", SigV4Verifier.UnsignedHeaders(authorization, request)))
            ),
            SignatureVerdict.Skewed => With(
                Of(verdict),
                ("RequestTime", authorization.AmzDate),
                ("ServerTime", Text(now)),
                ("MaxAllowedSkewMilliseconds", Number(SigV4Verifier.Skew.TotalMilliseconds))
            ),
            _ => Of(verdict),
        };

    /// <summary>
    /// Returns the error of a signature that is unreadable or incomplete; the message names the part.
    /// </summary>
    public static AwsException Malformed(string query, IHeaderDictionary headers) =>
        headers.Authorization.Count > 0
            ? new AwsException(
                "AuthorizationHeaderMalformed",
                400,
                $"The authorization header is malformed; {MalformedSignature.InHeader(headers)}"
            )
            : new AwsException("AuthorizationQueryParametersError", 400, MalformedSignature.InQuery(query));

    /// <summary>Returns the error of a request with two signatures, which does not tell which one counts.</summary>
    public static AwsException Two(string authorization) =>
        With(
            new AwsException(
                "InvalidArgument",
                400,
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified"
            ),
            ("ArgumentName", "Authorization"),
            ("ArgumentValue", authorization)
        );

    public static AwsException UnknownKey(string accessKeyId) =>
        With(Of(SignatureVerdict.UnknownKey), ("AWSAccessKeyId", accessKeyId));

    /// <summary>Returns the error of an expired presigned address.</summary>
    /// <param name="end">The time of expiry.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="authorization">The signature, if it is of version 4.</param>
    public static AwsException Expired(
        DateTimeOffset end,
        DateTimeOffset now,
        SigV4Authorization? authorization = null
    ) =>
        authorization?.Expires is { } lifetime
            ? With(
                Of(SignatureVerdict.Expired),
                ("X-Amz-Expires", Number(lifetime.TotalSeconds)),
                ("Expires", Text(end)),
                ("ServerTime", Text(now))
            )
            : With(Of(SignatureVerdict.Expired), ("Expires", Text(end)), ("ServerTime", Text(now)));

    /// <summary>Returns the error of a wrong signature of version 2.</summary>
    public static AwsException Mismatch(SigV2Presigned signature, WireRequest request) =>
        Mismatch(signature.AccessKeyId, signature.StringToSign(request), signature.Signature);

    /// <summary>Returns the error of a verdict, without details.</summary>
    internal static AwsException Of(SignatureVerdict verdict) =>
        verdict switch
        {
            SignatureVerdict.Missing => new("AccessDenied", 403, "Access Denied"),
            SignatureVerdict.Incomplete => new(
                "AuthorizationHeaderMalformed",
                400,
                "The authorization header that you provided is not valid."
            ),
            SignatureVerdict.UnknownKey => new(
                "InvalidAccessKeyId",
                403,
                "The AWS Access Key Id you provided does not exist in our records."
            ),
            SignatureVerdict.BadToken => new("ExpiredToken", 400, "The provided token has expired."),
            SignatureVerdict.Skewed => new(
                "RequestTimeTooSkewed",
                403,
                "The difference between the request time and the server's time is too large."
            ),
            SignatureVerdict.Expired => new("AccessDenied", 403, "Request has expired"),
            SignatureVerdict.HeaderNotSigned => new(
                "AccessDenied",
                403,
                "There were headers present in the request which were not signed"
            ),
            SignatureVerdict.BodyMismatch => new(
                "XAmzContentSHA256Mismatch",
                400,
                "The provided 'x-amz-content-sha256' header does not match what was computed."
            ),
            _ => new(
                "SignatureDoesNotMatch",
                403,
                "The request signature we calculated does not match the signature you provided. Check your key and signing method."
            ),
        };

    private static AwsException Mismatch(SigV4Authorization authorization, WireRequest request)
    {
        var (canonical, toSign) = SigV4Verifier.Explain(authorization, request);
        return With(
            Mismatch(authorization.AccessKeyId, toSign, authorization.Signature),
            ("CanonicalRequest", canonical),
            ("CanonicalRequestBytes", Bytes(canonical))
        );
    }

    private static AwsException Mismatch(string key, string toSign, string signature) =>
        With(
            Of(SignatureVerdict.Mismatch),
            ("AWSAccessKeyId", key),
            ("StringToSign", toSign),
            ("SignatureProvided", signature),
            ("StringToSignBytes", Bytes(toSign))
        );

    private static AwsException With(AwsException error, params ReadOnlySpan<(string Name, string Value)> details)
    {
        var members = error.Members?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in details)
        {
            members[name] = value;
        }

        return new AwsException(error.Code, error.Status, error.Message) { Members = members };
    }

    /// <summary>The bytes of a text in S3's form: <c>47 45 54 0a</c>.</summary>
    private static string Bytes(string text) =>
        string.Join(
            ' ',
            Encoding.UTF8.GetBytes(text).Select(value => value.ToString("x2", CultureInfo.InvariantCulture))
        );

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
