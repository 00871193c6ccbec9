namespace Plumbline.LocalCloud.Identity;

/// <summary>A key pair, and the principal that signs with it.</summary>
/// <param name="AccessKeyId">Public part.</param>
/// <param name="SecretAccessKey">Secret part.</param>
/// <param name="SessionToken">Sent with temporary keys; null for the account's own.</param>
/// <param name="Expiration">Real time after which the keys are refused; null for the account's own.</param>
/// <param name="Caller">The principal whose calls they sign.</param>
public sealed record KeyPair(
    string AccessKeyId,
    string SecretAccessKey,
    string? SessionToken,
    DateTimeOffset? Expiration,
    Caller Caller
);
