using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Processes.Capacity;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>Warns loudly, at start, if the boundary around programs is missing or weak.</summary>
internal sealed class SandboxNotice(Sandbox sandbox, ILogger<Sandbox> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ControlGroups.Sweep();
        if (!sandbox.IsOn)
        {
            Log.SandboxIsOff(log);
            return;
        }

        if (Environment.IsPrivilegedProcess)
        {
            Log.RunsAsRoot(log);
        }

        try
        {
            // A server that stops waits for this test, which uses the data folder that the next server takes over.
            await sandbox.RequireAsync(CancellationToken.None);
        }
        catch (SandboxFailure)
        {
            // The sandbox has logged it, and every program will be refused with the reason.
        }
    }
}
