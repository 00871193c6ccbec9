namespace Plumbline.Cli;

/// <summary>Advice about an AWS error, by its code. Services have different codes for the same error.</summary>
internal static class AwsAdvice
{
    private const string Keys =
        "the keys are wrong or belong to another account: `aws sts get-caller-identity` shows whose they are";
    private const string Expired = "the keys have expired: sign in again, for example with `aws sso login`";
    private const string Permission = "ask the administrator of the account to allow this action";
    private const string SlowDown =
        "AWS limits the calls per second: run the command again in a minute; it continues where it stopped";
    private const string Quota =
        "request an increase in Service Quotas, or choose other instances in plumbline.yaml; `plumb check` lists the needs";

    private static readonly Dictionary<string, string> ByCode = new(StringComparer.Ordinal)
    {
        ["AuthFailure"] = Keys,
        ["IncompleteSignature"] = Keys,
        ["InvalidAccessKeyId"] = Keys,
        ["InvalidClientTokenId"] = Keys,
        ["InvalidSignatureException"] = Keys,
        ["SignatureDoesNotMatch"] = Keys,
        ["UnrecognizedClientException"] = Keys,
        ["ExpiredToken"] = Expired,
        ["ExpiredTokenException"] = Expired,
        ["RequestExpired"] = Expired,
        ["TokenRefreshRequired"] = Expired,
        ["RequestTimeTooSkewed"] = "this machine's clock is wrong: synchronize it",
        ["AccessDenied"] = Permission,
        ["AccessDeniedException"] = Permission,
        ["AuthorizationError"] = Permission,
        ["UnauthorizedOperation"] = Permission,
        ["RequestLimitExceeded"] = SlowDown,
        ["SlowDown"] = SlowDown,
        ["Throttling"] = SlowDown,
        ["ThrottlingException"] = SlowDown,
        ["TooManyRequestsException"] = SlowDown,
        ["AccountLimitExceededException"] = Quota,
        ["LimitExceededException"] = Quota,
        ["ResourceLimitExceeded"] = Quota,
        ["ServiceQuotaExceededException"] = Quota,
        ["ConnectionError"] = "check the network connection and the region",
    };

    /// <summary>The error and the advice, on one line.</summary>
    public static string Line(string code, string message)
    {
        // Some of AWS's messages have several lines, and some end in a request's id after another break.
        var text = string.Join(
            ' ',
            message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
        return ByCode.TryGetValue(code, out var advice) ? $"{code}: {text} ({advice})" : $"{code}: {text}";
    }
}
