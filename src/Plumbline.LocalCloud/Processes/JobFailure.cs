namespace Plumbline.LocalCloud.Processes;

/// <summary>A job cannot go on. The message becomes its FailureReason; it begins with AWS's class of error.</summary>
internal sealed class JobFailure(string reason, Exception? cause = null) : Exception(reason, cause);
