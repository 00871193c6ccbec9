using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Loop.Costs;
using Plumbline.Loop.Home;
using Plumbline.Loop.Training;

namespace Plumbline.Loop.Retraining;

/// <summary>
/// The costs of executions, from the seconds of their jobs and the table of prices. In the local cloud, which costs
/// nothing, they are the costs that the same seconds have on AWS.
/// </summary>
internal sealed class ExecutionCosts(LoopContext loop)
{
    private const int ReadAtOnce = 4;
    private const decimal SecondsAnHour = 3600;

    /// <summary>The costs of the executions that started in the month of <paramref name="now"/>.</summary>
    public async Task<MonthlySpend> ThisMonthAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var month = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var executions = await new Executions(loop).ListAsync(cancellationToken);
        var inMonth = executions.TakeWhile(one => one.Started >= month).ToList();
        var finished = executions.Where(one => one.IsSucceeded).Take(ExecutionCost.Newest).ToList();
        var asked = inMonth.Union(finished).ToList();
        var costs = new ExecutionCost[asked.Count];
        await Parallel.ForAsync(
            0,
            asked.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken },
            async (place, cancel) => costs[place] = await OfAsync(asked[place], cancel)
        );
        return new MonthlySpend(
            month,
            costs.Take(inMonth.Count).Sum(one => one.Training + one.Processing),
            inMonth.Count,
            ExecutionCost.NextOf(
                from one in asked.Zip(costs)
                where one.First.IsSucceeded
                orderby one.First.Started descending
                select one.Second
            ),
            [.. costs.SelectMany(one => one.Unpriced).Distinct().Order(StringComparer.Ordinal)],
            loop.Project.Retraining.Budget
        );
    }

    /// <summary>The jobs by SageMaker's names for them, tries that failed included: a job's ARN is in lower case.</summary>
    private async Task<ExecutionCost> OfAsync(Execution execution, CancellationToken cancellationToken)
    {
        var cost = new ExecutionCost();
        var sageMaker = loop.Clients.SageMaker;
        var trainings = sageMaker.ListTrainingJobsPagedAsync(Named(execution), cancellationToken);
        await foreach (var job in trainings)
        {
            cost = await WithTrainingAsync(cost, job.TrainingJobName, cancellationToken);
        }

        var others = sageMaker.ListProcessingJobsPagedAsync(Named(execution), cancellationToken);
        await foreach (var job in others)
        {
            cost = await WithProcessingAsync(cost, job.ProcessingJobName, cancellationToken);
        }

        return cost;
    }

    private static JsonObject Named(Execution execution) => new() { ["NameContains"] = $"pipelines-{execution.Id}-" };

    private async Task<ExecutionCost> WithTrainingAsync(
        ExecutionCost cost,
        string name,
        CancellationToken cancellationToken
    )
    {
        var job = await loop.Clients.SageMaker.DescribeTrainingJobAsync(
            new JsonObject { ["TrainingJobName"] = name },
            cancellationToken
        );
        var instance = job.ResourceConfig?.InstanceType ?? "";
        // Of spot instances only the billed seconds count, at the price on demand.
        var seconds =
            (job.BillableTimeInSeconds ?? job.TrainingTimeInSeconds ?? 0) * (job.ResourceConfig?.InstanceCount ?? 1);
        return Dollars(instance, seconds) is { } dollars
            ? cost with
            {
                Training = cost.Training + dollars,
                Jobs = cost.Jobs + 1,
            }
            : cost with
            {
                Unpriced = [.. cost.Unpriced, instance],
            };
    }

    private async Task<ExecutionCost> WithProcessingAsync(
        ExecutionCost cost,
        string name,
        CancellationToken cancellationToken
    )
    {
        var job = await loop.Clients.SageMaker.DescribeProcessingJobAsync(
            new JsonObject { ["ProcessingJobName"] = name },
            cancellationToken
        );
        var cluster = job.ProcessingResources.ClusterConfig;
        var time = job.ProcessingEndTime - job.ProcessingStartTime ?? TimeSpan.Zero;
        return Dollars(cluster.InstanceType, time.TotalSeconds * cluster.InstanceCount) is { } dollars
            ? cost with
            {
                Processing = cost.Processing + dollars,
            }
            : cost with
            {
                Unpriced = [.. cost.Unpriced, cluster.InstanceType],
            };
    }

    private decimal? Dollars(string instance, double seconds) =>
        LoopCost.PriceOf(loop.Project, instance) * (decimal)seconds / SecondsAnHour;
}
