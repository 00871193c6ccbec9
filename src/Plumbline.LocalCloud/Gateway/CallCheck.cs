namespace Plumbline.LocalCloud.Gateway;

/// <summary>Says of each operation whether its caller may have it done.</summary>
/// <param name="Check">For a call that comes over the wire. Throws an AwsException where it may not.</param>
/// <param name="CheckOwn">The same, for a call that a service makes by itself.</param>
public sealed record CallCheck(Action<AwsCall> Check, Action<AwsCall> CheckOwn);
