namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>A job cannot go on; the message is what its FailureReason says, AWS's class of error first.</summary>
public sealed class JobFailure(string reason, Exception? cause = null) : Exception(reason, cause);
