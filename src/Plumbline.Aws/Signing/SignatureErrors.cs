using Plumbline.Aws.Errors;

namespace Plumbline.Aws.Signing;

/// <summary>Converts a verdict to the error that AWS answers; codes differ by protocol.</summary>
public static class SignatureErrors
{
    private const string DoesNotMatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key"
        + " and signing method. Consult the service documentation for details.";

    /// <param name="verdict">Any verdict but Valid.</param>
    /// <param name="protocol">
    /// The protocol of the request: json, query, ec2, rest-json, rest-xml, smithy-rpc-v2-cbor.
    /// </param>
    public static AwsException Of(SignatureVerdict verdict, string protocol) =>
        protocol switch
        {
            "rest-xml" => S3SignatureErrors.Of(verdict),
            "query" or "ec2" => ForQuery(verdict),
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
}
