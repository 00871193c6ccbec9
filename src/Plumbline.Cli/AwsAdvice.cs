namespace Plumbline.Cli;

/// <summary>Advice to a person about an error of AWS's, by its code; each service has its own codes for the same thing.</summary>
internal static class AwsAdvice
{
    private const string Keys =
        "the keys are wrong, or of another account: `aws sts get-caller-identity` says whose they are";
    private const string Expired = "the keys have expired: sign in again, with `aws sso login` or as you did";
    private const string Permission = "whoever administers the account has to allow that";
    private const string SlowDown =
        "AWS wants fewer calls a second: run it again in a minute, it goes on where it stopped";
    private const string Quota =
        "ask for more under Service Quotas, or name other instances in plumbline.yaml; `plumb check` says what is needed";

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
        ["RequestTimeTooSkewed"] = "this machine's clock is wrong",
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
        ["ConnectionError"] = "is the network there, and the region right?",
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
