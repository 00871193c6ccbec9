using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Live;

/// <summary>
/// Reports changes of a loop to open pages. The cloud is polled once a second for all viewers of a project, and only
/// while a page is open.
/// </summary>
internal sealed class LiveChanges(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Asked, Task<string> State)> states = [];

    /// <summary>An event for each change, until the browser leaves.</summary>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(
        LoopContext loop,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // The page was rendered a moment ago: the first state is the shown one, or a change that it has just missed.
        string? seen = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var state = await StateAsync(loop);
            if (seen is null || state != seen)
            {
                yield return new SseItem<string>(state, seen is null ? "here" : "changed");
            }

            seen = state;
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<string> StateAsync(LoopContext loop)
    {
        lock (gate)
        {
            if (!states.TryGetValue(loop.Names.Project, out var state) || time.GetElapsedTime(state.Asked) >= Pause)
            {
                state = (time.GetTimestamp(), AskAsync(loop));
                states[loop.Names.Project] = state;
            }

            return state.State;
        }
    }

    /// <summary>A text that changes with the state of a loop, from few calls.</summary>
    private static async Task<string> AskAsync(LoopContext loop)
    {
        var (clients, names) = (loop.Clients, loop.Names);
        var newest = new JsonObject
        {
            ["PipelineName"] = names.TrainingPipeline,
            ["SortOrder"] = "Descending",
            ["MaxResults"] = 1,
        };
        var parts = new List<string?>();
        await AddAsync(async () =>
        {
            // MaxResults is 1, so that the whole list is not read every second.
            var executions = await clients.SageMaker.ListPipelineExecutionsAsync(newest);
            var execution = executions.PipelineExecutionSummaries.FirstOrDefault();
            parts.Add($"{execution?.PipelineExecutionArn} {execution?.PipelineExecutionStatus}");
            if (execution is not null)
            {
                var steps = new JsonObject { ["PipelineExecutionArn"] = execution.PipelineExecutionArn };
                var all = await clients.SageMaker.ListPipelineExecutionStepsAsync(steps);
                parts.AddRange(all.PipelineExecutionSteps.Select(step => step.StepStatus));
            }
        });
        await AddAsync(async () =>
        {
            var group = new JsonObject { ["ModelPackageGroupName"] = names.ModelPackageGroup };
            var packages = await clients.SageMaker.ListModelPackagesAsync(group);
            parts.AddRange(packages.ModelPackageSummaryList.Select(one => one.ModelApprovalStatus));
        });
        await AddAsync(async () =>
        {
            var endpoint = await clients.SageMaker.DescribeEndpointAsync(
                new JsonObject { ["EndpointName"] = names.Endpoint }
            );
            parts.Add($"{endpoint.EndpointStatus} {endpoint.EndpointConfigName}");
        });
        await AddAsync(async () =>
        {
            var alarm = new JsonObject { ["AlarmNames"] = new JsonArray(names.AccuracyAlarm) };
            var alarms = await clients.CloudWatch.DescribeAlarmsAsync(alarm);
            parts.AddRange(alarms.MetricAlarms.Select(one => $"{one.StateValue} {one.StateUpdatedTimestamp}"));
        });
        return string.Join('|', parts);

        async Task AddAsync(Func<Task> askAsync)
        {
            try
            {
                await askAsync();
            }
            catch (Exception exception) when (exception is AwsException or HttpRequestException)
            {
                parts.Add(exception.GetType().Name);
            }
        }
    }
}

internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/{project}/live",
            async (CurrentLoop current, LiveChanges changes, CancellationToken cancellationToken) =>
                TypedResults.ServerSentEvents(
                    changes.ReadAsync(await current.GetAsync(cancellationToken), cancellationToken)
                )
        );
}
