using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Tests.Events;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Time;

/// <summary>The machine's clock was ahead and is set right: nothing may wait for the time that it had shown.</summary>
public sealed class SetBackTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SetClock machine = new();
    private readonly RunningCloud cloud;

    public SetBackTests() => cloud = new RunningCloud { Machine = machine };

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Theory]
    [InlineData(72)]
    [InlineData(1)]
    public async Task A_rule_of_a_minute_fires_within_a_minute_after_the_clock_was_set_back(int hours)
    {
        await cloud.TellingRuleAsync("minutely", new { ScheduleExpression = "rate(1 minute)" });
        await SetAheadAsync(TimeSpan.FromHours(hours));
        await cloud.MoveClockAsync(Minute);
        await cloud.MessagesAsync("minutely", 1);

        await SetRightAsync();
        var before = (await cloud.MessagesAsync("minutely")).Count;
        await cloud.MoveClockAsync(Minute);
        await cloud.MessagesAsync("minutely", before + 1);
        await cloud.MoveClockAsync(Minute);
        await cloud.MessagesAsync("minutely", before + 2);
    }

    [Fact]
    public async Task A_rule_that_was_made_while_the_clock_was_ahead_fires_after_a_restart_with_the_right_time()
    {
        machine.Ahead = TimeSpan.FromDays(3);
        await cloud.TellingRuleAsync("made-ahead", new { ScheduleExpression = "rate(1 minute)" });
        machine.Ahead = TimeSpan.Zero;
        await cloud.RestartAsync();
        await cloud.MoveClockAsync(Minute + TimeSpan.FromSeconds(1));
        await cloud.MessagesAsync("made-ahead", 1);
    }

    [Fact]
    public async Task An_alarm_that_was_judged_while_the_clock_was_ahead_is_judged_again()
    {
        await SetAheadAsync(TimeSpan.FromDays(3));
        await cloud.CallAsync(
            "monitoring",
            "PutMetricAlarm",
            new
            {
                AlarmName = "judged-ahead",
                Namespace = "n",
                MetricName = "m",
                Period = 60,
                EvaluationPeriods = 1,
                Threshold = 5,
                Statistic = "Average",
                ComparisonOperator = "LessThanThreshold",
                TreatMissingData = "ignore",
            }
        );
        await PutAsync(9);
        await UntilAsync("OK");

        await SetRightAsync();
        await PutAsync(1);
        await UntilAsync("ALARM");
    }

    [Fact]
    public async Task Work_that_was_set_for_a_later_day_before_the_clock_went_ahead_keeps_its_day()
    {
        var scheduler = cloud.Host.Services.GetRequiredService<Scheduler>();
        var ran = new TaskCompletionSource();
        scheduler.At(
            cloud.CivilNow().AddDays(10),
            _ =>
            {
                ran.SetResult();
                return Task.CompletedTask;
            }
        );
        await SetAheadAsync(TimeSpan.FromDays(3));
        await SetRightAsync();

        await cloud.MoveClockAsync(TimeSpan.FromDays(9));
        ran.Task.IsCompleted.ShouldBeFalse();
        await cloud.MoveClockAsync(TimeSpan.FromDays(1));
        await ran.Task.InTimeAsync();
    }

    /// <summary>Sets the clock ahead, and waits until the cloud has noticed.</summary>
    private async Task SetAheadAsync(TimeSpan ahead)
    {
        var found = new TaskCompletionSource();
        cloud
            .Host.Services.GetRequiredService<Scheduler>()
            .At(
                cloud.CivilNow() + ahead - Minute,
                _ =>
                {
                    found.SetResult();
                    return Task.CompletedTask;
                }
            );
        machine.Ahead = ahead;
        await cloud.MoveClockAsync(TimeSpan.FromMilliseconds(1));
        await found.Task.InTimeAsync();
    }

    /// <summary>Sets the clock right, and waits until the cloud has noticed.</summary>
    private async Task SetRightAsync()
    {
        var found = new TaskCompletionSource();
        cloud.Host.Services.GetRequiredService<Scheduler>().SetBack += () => found.TrySetResult();
        machine.Ahead = TimeSpan.Zero;
        await cloud.MoveClockAsync(TimeSpan.FromMilliseconds(1));
        await found.Task.InTimeAsync();
    }

    private Task PutAsync(double value) =>
        cloud.CallAsync(
            "monitoring",
            "PutMetricData",
            new { Namespace = "n", MetricData = new[] { new { MetricName = "m", Value = value } } }
        );

    private Task UntilAsync(string state) =>
        Eventually.Async(
            async () =>
                (await cloud.CallAsync("monitoring", "DescribeAlarms", new { AlarmNames = new[] { "judged-ahead" } }))
                    .Objects("MetricAlarms")
                    .Single()
                    .Text("StateValue"),
            found => found == state
        );
}
