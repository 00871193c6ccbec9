using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Processes.Supervision;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>Says at the start, loudly, where the boundary around programs is missing or thin.</summary>
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
            // A stop waits for it: what is tried lies in the data folder, which then belongs to the next server.
            await sandbox.RequireAsync(CancellationToken.None);
        }
        catch (SandboxFailure)
        {
            // The sandbox has said so itself, and every program will be refused with the reason.
        }
    }
}
