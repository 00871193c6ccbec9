namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>A process that a supervisor looks after, started by this server or by one before it.</summary>
public sealed class SupervisedProcess
{
    private readonly Task<ExitStatus> ended;

    internal SupervisedProcess(ProcessFolder folder, Task<ExitStatus> ended)
    {
        Files = folder;
        this.ended = ended;
    }

    /// <summary>The process's folder.</summary>
    public string Folder => Files.Path;

    /// <summary>The file of its stdout and stderr, in one.</summary>
    public string LogFile => Files.Log;

    /// <summary>True where it has ended.</summary>
    public bool HasEnded => ended.IsCompleted;

    internal ProcessFolder Files { get; }

    /// <summary>Waits for its end; giving up waiting does nothing to the process.</summary>
    public Task<ExitStatus> WaitAsync(CancellationToken cancellationToken = default) =>
        ended.WaitAsync(cancellationToken);
}
