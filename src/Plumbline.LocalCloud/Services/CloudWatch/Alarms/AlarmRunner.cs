using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>
/// Evaluates alarms: all of them at each minute of civil time (every ten seconds if one has a shorter period), and
/// those of a metric as soon as it has new data.
/// </summary>
internal sealed class AlarmRunner : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly AlarmStore alarms;
    private readonly MetricStore metrics;
    private readonly Scheduler scheduler;
    private readonly CivilClock clock;
    private readonly ILogger<AlarmRunner> log;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim somethingToDo = new(0);

    /// <summary>
    /// For each alarm, the end of the newest window that it was judged by: a late evaluation of a whole minute must not
    /// take back a judgement that was made early. Only <see cref="EvaluateAllAsync"/> uses it.
    /// </summary>
    private readonly Dictionary<string, long> judgedUntil = [];

    /// <summary>The alarms to evaluate next; at first all, because data may have come in before a crash.</summary>
    private AlarmWork work = new() { EarlyAll = true };

    public AlarmRunner(
        AlarmStore alarms,
        MetricStore metrics,
        Scheduler scheduler,
        CivilClock clock,
        ILogger<AlarmRunner> log
    )
    {
        (this.alarms, this.metrics, this.scheduler, this.clock, this.log) = (alarms, metrics, scheduler, clock, log);
        metrics.Written += metric => Ask(asked => asked.Metrics.Add(metric));
        alarms.Configured += name => Ask(asked => asked.Names.Add(name));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        somethingToDo.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ScheduleTick();
        return Rounds.RunAsync(log, Pause, EvaluateAllAsync, somethingToDo.WaitAsync, stoppingToken);
    }

    private async Task EvaluateAllAsync(CancellationToken stoppingToken)
    {
        var (all, asked) = Take();
        foreach (var alarm in all)
        {
            stoppingToken.ThrowIfCancellationRequested();
            try
            {
                if (asked.All)
                {
                    await EvaluateAsync(alarm, early: false);
                }

                if (asked.IsAboutEarly(alarm))
                {
                    await EvaluateAsync(alarms.Find(alarm.AlarmName) ?? alarm, early: true);
                }
            }
            catch (Exception exception)
            {
                // The name may be missing too.
                Log.EvaluationFailed(log, alarm.Tree.Text("AlarmName"), exception);
            }
        }
    }

    private void ScheduleTick()
    {
        var step = Step();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        scheduler.At(
            DateTimeOffset.FromUnixTimeMilliseconds(now - (now % step) + step),
            _ =>
            {
                Ask(asked => asked.All = true);
                ScheduleTick();
                return Task.CompletedTask;
            }
        );
    }

    /// <summary>Milliseconds from one evaluation of all alarms to the next.</summary>
    private int Step()
    {
        try
        {
            return alarms.List().Any(alarm => AlarmSettings.PeriodOf(alarm) < 60) ? 10_000 : 60_000;
        }
        catch (Exception exception)
        {
            Log.PeriodsNotRead(log, exception);
            return 60_000;
        }
    }

    /// <summary>Adds to the next evaluation: however much data comes in meanwhile, it is evaluated once.</summary>
    private void Ask(Action<AlarmWork> add)
    {
        lock (gate)
        {
            add(work);
            if (somethingToDo.CurrentCount == 0)
            {
                somethingToDo.Release();
            }
        }
    }

    /// <summary>
    /// Reads the alarms before it takes the work, so that a failed read leaves the work for the next round.
    /// </summary>
    private (List<MetricAlarm> All, AlarmWork Asked) Take()
    {
        lock (gate)
        {
            var (all, asked) = (alarms.List().ToList(), work);
            work = new AlarmWork();
            return (all, asked);
        }
    }

    private async Task EvaluateAsync(MetricAlarm alarm, bool early)
    {
        var settings = AlarmSettings.Of(alarm);
        if (early && !settings.CanBeJudgedEarly)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var step = settings.Period < 60 ? 10_000 : 60_000;
        var milliseconds = now.ToUnixTimeMilliseconds();
        var end = milliseconds - (milliseconds % step) + (early ? step : 0);
        var name = alarm.AlarmName;
        // A judgement more than a step ahead was made before the machine's clock was set back.
        if (judgedUntil.TryGetValue(name, out var judged) && end < judged && judged <= milliseconds + step)
        {
            return;
        }

        judgedUntil[name] = end;
        var verdict = AlarmEvaluation.Evaluate(settings, Range(settings, end));
        if (verdict.State is { } state && state != alarm.StateValue)
        {
            await ChangeAsync(alarm, settings, verdict, now);
        }
    }

    private async Task ChangeAsync(MetricAlarm alarm, AlarmSettings settings, AlarmVerdict verdict, DateTimeOffset now)
    {
        var (name, before) = (alarm.AlarmName, alarm.StateValue);
        var reason = AlarmReason.Text(settings, verdict);
        var data = AlarmReason.Data(settings, verdict, now);
        if (await alarms.SetStateAsync(name, verdict.State!, reason, data, alarm))
        {
            Log.StateChanged(log, name, before, verdict.State!, reason);
        }
    }

    /// <summary>The periods of the evaluation range, newest first.</summary>
    /// <param name="settings">The alarm's configuration.</param>
    /// <param name="end">The end of the newest period, in milliseconds of civil time.</param>
    private AlarmDatapoint?[] Range(AlarmSettings settings, long end)
    {
        var period = settings.Period * 1000;
        var start = end - (settings.EvaluationRange * period);
        var range = new AlarmDatapoint?[settings.EvaluationRange];
        if (settings.Math is { } math)
        {
            return Calculated(math, settings, start, range);
        }

        var samples = metrics.Read(settings.Metric, settings.Unit, start, end);
        foreach (var (from, inPeriod) in Periods.Cut(samples, start, settings.Period))
        {
            if (settings.Statistic.Of(inPeriod) is { } value)
            {
                range[((end - from) / period) - 1] = new AlarmDatapoint(
                    DateTimeOffset.FromUnixTimeMilliseconds(from),
                    value,
                    inPeriod.Sum(sample => sample.SampleCount)
                );
            }
        }

        return range;
    }

    private AlarmDatapoint?[] Calculated(AlarmMath math, AlarmSettings settings, long start, AlarmDatapoint?[] range)
    {
        var period = settings.Period * 1000;
        var cut = math.Inputs.ToDictionary(
            input => input.Key,
            input =>
                Periods
                    .Cut(
                        metrics.Read(input.Value.Metric, input.Value.Unit, start, start + (range.Length * period)),
                        start,
                        settings.Period
                    )
                    .ToDictionary(one => one.Start, one => one.Samples)
        );
        for (var i = 0; i < range.Length; i++)
        {
            var from = start + ((range.Length - 1 - i) * period);
            var samples = cut.Where(one => one.Value.ContainsKey(from))
                .ToDictionary(one => one.Key, one => one.Value[from]);
            if (
                samples.Count > 0
                && math.Expression.Of(id =>
                    samples.TryGetValue(id, out var some) ? math.Inputs[id].Statistic.Of(some) : null
                )
                    is { } value
            )
            {
                range[i] = new AlarmDatapoint(
                    DateTimeOffset.FromUnixTimeMilliseconds(from),
                    value,
                    samples.Values.Max(some => some.Sum(sample => sample.SampleCount))
                );
            }
        }

        return range;
    }
}
