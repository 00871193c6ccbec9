using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Events;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Events.Targets;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Events.Deliveries;

/// <summary>
/// Delivers events to targets, each at least once. A failed delivery is tried again after growing pauses, until the
/// target accepts or refuses it, or until its retry policy is used up. After a restart, the remaining deliveries are
/// tried at once.
/// </summary>
internal sealed class DeliveryRunner : BackgroundService
{
    private const int MostAttempts = 185;
    private const int LongestAge = 86_400;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly Caller Events = new("events.amazonaws.com", "events.amazonaws.com");

    private readonly DeliveryStore deliveries;
    private readonly Dispatcher dispatcher;
    private readonly ILogger<DeliveryRunner> log;

    private readonly SemaphoreSlim somethingToDo = new(0);

    /// <summary>The time of the next attempt of each failed delivery, by a clock that nobody sets.</summary>
    private readonly Dictionary<long, TimeSpan> due = [];

    public DeliveryRunner(DeliveryStore deliveries, Dispatcher dispatcher, ILogger<DeliveryRunner> log)
    {
        (this.deliveries, this.dispatcher, this.log) = (deliveries, dispatcher, log);
        deliveries.Added += () => somethingToDo.Release();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        somethingToDo.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(log, Pause, DeliverAllAsync, WaitAsync, stoppingToken);

    private async Task DeliverAllAsync(CancellationToken stoppingToken)
    {
        foreach (var delivery in deliveries.Waiting())
        {
            stoppingToken.ThrowIfCancellationRequested();
            if (!due.TryGetValue(delivery.Sequence, out var time) || time <= Now)
            {
                await DeliverAsync(delivery);
            }
        }
    }

    private Task WaitAsync(CancellationToken stoppingToken)
    {
        var wait =
            due.Count == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Max(0, (due.Values.Min() - Now).Ticks));
        return somethingToDo.WaitAsync(wait, stoppingToken);
    }

    private static TimeSpan Now => ProcessTime.Clock.GetElapsedTime(0);

    private async Task DeliverAsync(Delivery delivery)
    {
        Target target;
        EventEnvelope @event;
        string arn;
        try
        {
            target = new Target(JsonDepth.ReadKept(delivery.Target));
            @event = new EventEnvelope(JsonDepth.ReadKept(delivery.Event));
            arn = target.Arn;
        }
        catch (Exception exception) when (exception is JsonException or AwsException)
        {
            Log.DeliverySetAside(log, delivery.Sequence, delivery.Rule, exception);
            due.Remove(delivery.Sequence);
            await deliveries.SetAsideAsync(delivery, exception.Message);
            await CountFailureAsync(delivery.Rule);
            return;
        }

        try
        {
            var call = TargetCall.Of(delivery.Rule, target, @event);
            await dispatcher.CallAsync(call.Service, call.Operation, call.Input, call.Caller, CancellationToken.None);
            Log.Delivered(log, delivery.Rule, arn);
            await ForgetAsync(delivery);
        }
        catch (Exception exception) when (IsFinal(exception) || IsUsedUp(delivery, target))
        {
            Log.GivenUp(log, delivery.Rule, arn, exception);
            await ForgetAsync(delivery);
            await CountFailureAsync(delivery.Rule);
        }
        catch (Exception exception)
        {
            Log.DeliveryFailed(log, delivery.Rule, arn, exception);
            await deliveries.CountAttemptAsync(delivery);
            var pause = ShortestPause * Math.Pow(2, Math.Min(delivery.Attempts, 20));
            due[delivery.Sequence] = Now + (pause < LongestPause ? pause : LongestPause);
        }
    }

    private async Task ForgetAsync(Delivery delivery)
    {
        due.Remove(delivery.Sequence);
        await deliveries.RemoveAsync(delivery);
    }

    /// <summary>A refusal is final; a failure, a throttling or a conflict may pass.</summary>
    private static bool IsFinal(Exception exception) =>
        exception switch
        {
            FormatException or JsonException => true,
            AwsException { Code: "NotImplemented" } => true,
            AwsException refusal => refusal.Status < 500
                && !refusal.Code.Contains("Throttl", StringComparison.Ordinal)
                && !refusal.Code.Contains("Limit", StringComparison.Ordinal)
                && !refusal.Code.Contains("Concurrent", StringComparison.Ordinal)
                && !refusal.Code.Contains("Conflict", StringComparison.Ordinal),
            _ => false,
        };

    private static bool IsUsedUp(Delivery delivery, Target target)
    {
        var policy = target.RetryPolicy;
        var age = ProcessTime.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(delivery.Accepted);
        return delivery.Attempts >= (policy?.MaximumRetryAttempts ?? MostAttempts)
            || age.TotalSeconds > (policy?.MaximumEventAgeInSeconds ?? LongestAge);
    }

    /// <summary>Counts the failure in AWS's own metric, so that an alarm can watch it.</summary>
    private async Task CountFailureAsync(string rule)
    {
        var datum = new JsonObject
        {
            ["MetricName"] = "FailedInvocations",
            ["Value"] = 1,
            ["Unit"] = "Count",
            ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = "RuleName", ["Value"] = rule }),
        };
        var input = new JsonObject { ["Namespace"] = "AWS/Events", ["MetricData"] = new JsonArray(datum) };
        await dispatcher.CallAsync("monitoring", "PutMetricData", input, Events, CancellationToken.None);
    }
}
