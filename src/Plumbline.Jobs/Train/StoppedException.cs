namespace Plumbline.Jobs.Train;

/// <summary>
/// The job was told to stop before its model was complete. The exit code is not 0: a machine that shuts down sends the
/// same signal, and a job without a model must not count as Completed.
/// </summary>
public sealed class StoppedException(string message) : Exception(message);
