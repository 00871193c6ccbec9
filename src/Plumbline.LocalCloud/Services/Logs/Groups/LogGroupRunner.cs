using Microsoft.Extensions.Hosting;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Logs.Groups;

/// <summary>Removes what is older than its group keeps it, once an hour of civil time.</summary>
internal sealed class LogGroupRunner(LogGroupStore groups, Scheduler scheduler, CivilClock clock) : IHostedService
{
    private IDisposable? next;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Schedule();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        next?.Dispose();
        return Task.CompletedTask;
    }

    private void Schedule() =>
        next = scheduler.At(
            clock.GetUtcNow().AddHours(1),
            async _ =>
            {
                try
                {
                    await groups.RemoveExpiredAsync();
                }
                finally
                {
                    Schedule();
                }
            }
        );
}
