namespace Plumbline.LocalCloud.Gateway;

/// <summary>Checks that callers have the right to make their calls.</summary>
/// <param name="Check">Throws an AwsException if a call from the wire is not allowed.</param>
/// <param name="CheckOwn">The same, for a call that a service makes itself.</param>
internal sealed record CallCheck(Action<AwsCall> Check, Action<AwsCall> CheckOwn);
