namespace Plumbline.Aws.Signing;

/// <summary>A key pair, with a session token where it is a temporary one.</summary>
public sealed record SigningCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null);
