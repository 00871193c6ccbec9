using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Events;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.Events.Rules;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Events.Deliveries;

/// <summary>
/// Fires the rules that have a schedule, in civil time. Due times that a move of the clock, or a stop of the local
/// cloud, passes over fire once.
/// </summary>
internal sealed class ScheduleRunner(
    RuleStore rules,
    DeliveryStore deliveries,
    Scheduler scheduler,
    CivilClock clock,
    ILogger<ScheduleRunner> log
) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, IDisposable> armed = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        rules.Changed += TryArm;
        scheduler.SetBack += ArmAll;
        ArmAll();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        rules.Changed -= TryArm;
        scheduler.SetBack -= ArmAll;
        lock (gate)
        {
            foreach (var work in armed.Values)
            {
                work.Dispose();
            }

            armed.Clear();
        }

        return Task.CompletedTask;
    }

    private void ArmAll()
    {
        foreach (var rule in rules.List())
        {
            TryArm(rule.Name);
        }
    }

    /// <summary>A rule whose schedule cannot be read does not stop the others.</summary>
    private void TryArm(string name)
    {
        try
        {
            Arm(name);
        }
        catch (Exception exception)
        {
            Log.NotScheduled(log, name, exception);
        }
    }

    /// <summary>Cancels the rule's next firing, and schedules it again.</summary>
    private void Arm(string name)
    {
        lock (gate)
        {
            if (armed.Remove(name, out var before))
            {
                before.Dispose();
            }

            var rule = rules.Find(name);
            if (rule?.RunningSchedule is not { Length: > 0 } text)
            {
                return;
            }

            var start = NotAhead(rule.State.ScheduleStart!.Value);
            if (ScheduleExpression.Parse(text).Next(start, NotAhead(rule.State.LastFired ?? start)) is { } due)
            {
                armed[name] = scheduler.At(due, _ => FireAsync(name, text));
            }
        }
    }

    /// <summary>
    /// A time that was stored while the machine's clock was ahead counts as now, so that nothing waits for it.
    /// </summary>
    private DateTimeOffset NotAhead(DateTimeOffset noted)
    {
        var now = clock.GetUtcNow();
        return noted < now ? noted : now;
    }

    private async Task FireAsync(string name, string expression)
    {
        try
        {
            await WriteAsync(name, expression);
            TryArm(name);
        }
        catch (Exception exception)
        {
            Log.NotFired(log, name, exception);
            lock (gate)
            {
                armed[name] = scheduler.At(clock.GetUtcNow() + Pause, _ => FireAsync(name, expression));
            }
        }
    }

    private Task WriteAsync(string name, string expression) =>
        deliveries.WriteAsync(connection =>
        {
            if (rules.Fire(connection, name, expression) is { } rule)
            {
                var scheduled = EventEnvelope.Of(
                    "aws.events",
                    "Scheduled Event",
                    clock.GetUtcNow(),
                    LocalCloudIdentity.Account,
                    LocalCloudIdentity.Region,
                    [RuleStore.ArnOf(name)],
                    []
                );
                deliveries.Add(connection, rule, scheduled);
            }
        });
}
