using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State.Retention;

/// <summary>Deletes expired rows, once an hour of civil time.</summary>
internal sealed class RetentionRunner(
    IEnumerable<Expiry> expiries,
    Database database,
    Scheduler scheduler,
    CivilClock clock,
    ILogger<RetentionRunner> log
) : IHostedService
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

    private void Schedule() => next = scheduler.At(clock.GetUtcNow().AddHours(1), _ => RemoveAsync());

    private async Task RemoveAsync()
    {
        try
        {
            foreach (var expiry in expiries)
            {
                await RemoveAsync(expiry);
            }
        }
        finally
        {
            Schedule();
        }
    }

    private async Task RemoveAsync(Expiry expiry)
    {
        var parameters = new
        {
            now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            real = ProcessTime.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            day = (long)TimeSpan.FromDays(1).TotalMilliseconds,
        };
        try
        {
            var removed = await database.WriteAsync(connection => connection.Execute(expiry.Sql, parameters));
            if (removed > 0)
            {
                Log.Expired(log, removed, expiry.What);
            }
        }
        catch (Exception exception)
        {
            // The rows are tried again in an hour; the other expiries still run.
            Log.NotExpired(log, expiry.What, exception);
        }
    }
}
