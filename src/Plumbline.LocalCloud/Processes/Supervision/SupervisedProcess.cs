using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>A process under a supervisor, started by this server or an earlier one.</summary>
internal sealed class SupervisedProcess
{
    private readonly Task<ExitStatus> ended;

    internal SupervisedProcess(ProcessFolder folder, Task<ExitStatus> ended)
    {
        Files = folder;
        this.ended = ended;
    }

    public string Folder => Files.Path;

    /// <summary>The file of its stdout and stderr together.</summary>
    public string LogFile => Files.Log;

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => ended.IsCompleted;

    internal ProcessFolder Files { get; }

    /// <summary>Waits for its end; cancelling the wait does nothing to the process.</summary>
    public Task<ExitStatus> WaitAsync(CancellationToken cancellationToken = default) =>
        ended.WaitAsync(cancellationToken);
}
