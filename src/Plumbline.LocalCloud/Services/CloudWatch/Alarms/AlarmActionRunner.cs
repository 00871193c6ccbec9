using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>
/// Carries out the actions of alarms. Each is tried until SNS accepts or refuses it. SNS keeps one message per
/// deduplication id, so people are told once even if the local cloud stops in between.
/// </summary>
internal sealed class AlarmActionRunner : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly Caller CloudWatch = new("cloudwatch.amazonaws.com", "cloudwatch.amazonaws.com");

    private readonly AlarmActionStore actions;
    private readonly Dispatcher dispatcher;
    private readonly ILogger<AlarmActionRunner> log;

    private readonly SemaphoreSlim somethingToDo = new(0);

    public AlarmActionRunner(
        AlarmStore alarms,
        AlarmActionStore actions,
        Dispatcher dispatcher,
        ILogger<AlarmActionRunner> log
    )
    {
        (this.actions, this.dispatcher, this.log) = (actions, dispatcher, log);
        alarms.Transitioned += () => somethingToDo.Release();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        somethingToDo.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(log, Pause, TakeAllAsync, somethingToDo.WaitAsync, stoppingToken);

    private async Task TakeAllAsync(CancellationToken stoppingToken)
    {
        while (!await TryAllAsync(stoppingToken))
        {
            await ProcessTime.Delay(Pause, stoppingToken);
        }
    }

    private async Task<bool> TryAllAsync(CancellationToken stoppingToken)
    {
        var all = true;
        foreach (var action in actions.Waiting())
        {
            stoppingToken.ThrowIfCancellationRequested();
            all &= await TryAsync(action);
        }

        return all;
    }

    private async Task<bool> TryAsync(AlarmAction action)
    {
        try
        {
            var input = new JsonObject
            {
                ["TopicArn"] = action.Action,
                ["Subject"] = action.Subject,
                ["Message"] = action.Message,
                ["MessageDeduplicationId"] = action.DeduplicationId,
            };
            await dispatcher.CallAsync("sns", "Publish", input, CloudWatch, CancellationToken.None);
            await actions.SetDoneAsync(action, failure: null);
            return true;
        }
        catch (AwsException refusal) when (refusal.Status < 500)
        {
            await actions.SetDoneAsync(action, refusal.Message);
            return true;
        }
        catch (Exception exception)
        {
            Log.ActionFailed(log, action.Alarm, action.Action, exception);
            return false;
        }
    }
}
