namespace Plumbline.Aws.Signing;

/// <summary>A key pair; a temporary one has a session token.</summary>
public sealed record SigningCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null);
