namespace Plumbline.LocalCloud.Gateway;

/// <summary>Says of each operation that comes over the wire whether it may be done. Calls from inside are not asked about.</summary>
/// <param name="Check">Throws an AwsException where it may not.</param>
public sealed record CallCheck(Action<AwsCall> Check);
