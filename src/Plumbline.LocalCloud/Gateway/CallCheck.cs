namespace Plumbline.LocalCloud.Gateway;

/// <summary>Says of each operation whether its caller may have it done, whether it comes over the wire or from inside.</summary>
/// <param name="Check">Throws an AwsException where it may not.</param>
public sealed record CallCheck(Action<AwsCall> Check);
