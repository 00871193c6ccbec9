using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.State.Objects;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State;

/// <summary>
/// Checks the writer's thread once a second. Code that runs there cannot be stopped from outside, but it must not block
/// all others in silence: a slow change is logged by name, and after <see cref="LocalCloudOptions.LongestWrite"/> all
/// waiting callers are told that their change was not made, until the writer goes on.
/// </summary>
internal sealed class WriterWatch(Database database, LocalCloudOptions options, ILogger<WriterWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LoggedAfter = TimeSpan.FromSeconds(5);

    private WriterTurn? logged;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = options.LongestWrite < 4 * Tick ? options.LongestWrite / 4 : Tick;
        return Rounds.RunAsync(
            log,
            Tick,
            _ =>
            {
                Look();
                return Task.CompletedTask;
            },
            token => ProcessTime.Delay(pause, token),
            stoppingToken
        );
    }

    private void Look()
    {
        if (database.Turn is not { } turn)
        {
            if (logged is not null)
            {
                Log.WriterGoesOn(log);
                logged = null;
            }

            return;
        }

        var elapsed = ProcessTime.Clock.GetElapsedTime(turn.Since);
        if (turn != logged && (elapsed >= LoggedAfter || elapsed >= options.LongestWrite))
        {
            Log.WriterIsSlow(log, turn.Operation, (long)elapsed.TotalSeconds);
            logged = turn;
        }

        if (elapsed >= options.LongestWrite && database.Refuse(turn) is > 0 and var refused)
        {
            Log.WriterIsStuck(log, turn.Operation, (long)elapsed.TotalSeconds, refused);
        }
    }
}
