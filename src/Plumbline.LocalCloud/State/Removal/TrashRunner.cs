using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State.Removal;

/// <summary>Retries, at start and every ten minutes, to remove the entries of the trash.</summary>
internal sealed class TrashRunner(DataFolder data, ILogger<TrashRunner> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(
            log,
            Pause,
            token => Task.Run(Empty, token),
            token => ProcessTime.Delay(Pause, token),
            stoppingToken
        );

    private void Empty() =>
        Rounds.Each(
            log,
            Trash.List(data.Root),
            entry =>
            {
                if (Trash.TryEmpty(entry) is { } reason)
                {
                    Log.NotRemoved(log, entry, reason);
                }
            }
        );
}
