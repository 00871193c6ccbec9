using Plumbline.Aws.Errors;

namespace Plumbline.Aws.Signing;

/// <summary>A verdict as the error that AWS answers; codes differ by protocol.</summary>
public static class SignatureErrors
{
    private const string DoesNotMatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key"
        + " and signing method. Consult the service documentation for details.";

    /// <summary>The error of a verdict that is not Valid.</summary>
    /// <param name="verdict">What came of the check.</param>
    /// <param name="protocol">The protocol that the request is in: json, query, rest-json, rest-xml, smithy-rpc-v2-cbor.</param>
    public static AwsException Of(SignatureVerdict verdict, string protocol) =>
        protocol switch
        {
            "rest-xml" => ForS3(verdict),
            "query" => ForQuery(verdict),
            _ => ForJson(verdict),
        };

    private static AwsException ForJson(SignatureVerdict verdict) =>
        verdict switch
        {
            SignatureVerdict.Missing => new("MissingAuthenticationTokenException", 403, "Missing Authentication Token"),
            SignatureVerdict.Incomplete => new(
                "IncompleteSignatureException",
                403,
                "The request signature does not conform to AWS standards."
            ),
            SignatureVerdict.UnknownKey => new(
                "UnrecognizedClientException",
                403,
                "The security token included in the request is invalid."
            ),
            SignatureVerdict.BadToken => new(
                "ExpiredTokenException",
                403,
                "The security token included in the request is expired"
            ),
            SignatureVerdict.Skewed or SignatureVerdict.Expired => new(
                "InvalidSignatureException",
                403,
                "Signature expired or not yet current: the request's time is too far from the server's."
            ),
            _ => new("InvalidSignatureException", 403, DoesNotMatch),
        };

    private static AwsException ForQuery(SignatureVerdict verdict) =>
        verdict switch
        {
            SignatureVerdict.Missing => new(
                "MissingAuthenticationToken",
                403,
                "Request is missing Authentication Token"
            ),
            SignatureVerdict.Incomplete => new(
                "IncompleteSignature",
                403,
                "The request signature does not conform to AWS standards."
            ),
            SignatureVerdict.UnknownKey => new(
                "InvalidClientTokenId",
                403,
                "The security token included in the request is invalid."
            ),
            SignatureVerdict.BadToken => new(
                "ExpiredToken",
                403,
                "The security token included in the request is expired"
            ),
            SignatureVerdict.Skewed or SignatureVerdict.Expired => new(
                "SignatureDoesNotMatch",
                403,
                "Signature expired or not yet current: the request's time is too far from the server's."
            ),
            _ => new("SignatureDoesNotMatch", 403, DoesNotMatch),
        };

    private static AwsException ForS3(SignatureVerdict verdict) =>
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
}
