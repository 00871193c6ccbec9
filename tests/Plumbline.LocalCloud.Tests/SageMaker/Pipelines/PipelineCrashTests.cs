using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Pipelines;
using Plumbline.Pipelines.Conditions;
using Plumbline.Pipelines.Steps;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>
/// Sends SIGKILL at each state change: the local cloud dies right after its first commit, then after the second, and so
/// on to the end of an execution. After each kill, another process continues from the disk.
/// </summary>
[Collection("processes")]
[Trait(Nightly.Part, "kills")]
public sealed class PipelineCrashTests : IAsyncLifetime
{
    private const string Group = "crashed";
    private const string Dead = "the cloud is dead";
    private const int MostCommits = 80;

    private readonly TemporaryFolder root = new();
    private ChildCloud cloud = null!;
    private int executions;

    private string DataFolder => root.At("data");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(DataFolder);
        await ShellSteps.WriteImagesAsync(DataFolder);
        cloud = await ChildCloud.WithFuseAsync(DataFolder);
    }

    public Task DisposeAsync()
    {
        cloud.Dispose();
        root.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Killed_at_any_commit_every_step_runs_exactly_once()
    {
        using (var s3 = S3ClientFactory.Create(cloud.Connection))
        {
            await s3.PutBucketAsync(ShellSteps.Bucket);
        }

        await CallAsync("CreateModelPackageGroup", new { ModelPackageGroupName = Group });
        await CallAsync(
            "CreatePipeline",
            new
            {
                PipelineName = "Crashes",
                PipelineDefinition = Definition(),
                RoleArn = PipelineCalls.Role,
            }
        );

        // Each death costs three seconds: the nightly run dies after every commit.
        var step = Nightly.Or(3, 1);
        var commits = 1;
        while (await RunKilledAsync(commits))
        {
            (commits += step).ShouldBeLessThan(MostCommits);
        }

        commits.ShouldBeGreaterThan(6, "the execution should have been killed in the middle");
    }

    /// <summary>
    /// Runs an execution on a cloud that dies after this many commits; false if the execution ended first.
    /// </summary>
    private async Task<bool> RunKilledAsync(int commits)
    {
        var start = new { PipelineName = "Crashes", ClientRequestToken = $"{Guid.NewGuid()}" };
        await cloud.LightAsync(commits);
        var arn = await StartAsync(start);
        var died =
            arn is null
            || (await EndedAsync(arn)).Text("PipelineExecutionStatus") == Dead
            || !await cloud.PutOutAsync();
        if (died)
        {
            await cloud.DeathAsync();
            cloud.Dispose();
            cloud = await ChildCloud.WithFuseAsync(DataFolder);
            // The client may have got no answer. The same token finds the same execution.
            var again = await StartAsync(start);
            again.ShouldBe(arn ?? again);
            arn = again;
        }

        await CheckAsync(arn!, commits);
        return died;
    }

    private async Task CheckAsync(string arn, int commits)
    {
        var execution = await EndedAsync(arn);
        var listed = await CallAsync("ListPipelineExecutionSteps", new { PipelineExecutionArn = arn });
        var steps = listed.Objects("PipelineExecutionSteps").ToDictionary(step => step.Text("StepName")!);
        var told = $"after commit {commits}: {execution.ToJsonString()} {listed.ToJsonString()}";

        execution.Text("PipelineExecutionStatus").ShouldBe("Succeeded", told);
        steps.Keys.ShouldBe(["Train", "Gate", "Register"], ignoreOrder: true, told);
        steps.Values.ShouldAllBe(step => step.Text("StepStatus") == "Succeeded" && step.Int("AttemptCount") == 1, told);

        var id = arn[(arn.LastIndexOf('/') + 1)..];
        var jobs = await CallAsync("ListTrainingJobs", new { NameContains = id });
        var job = jobs.Objects("TrainingJobSummaries").ShouldHaveSingleItem(told).Text("TrainingJobName")!;
        // A crash between the log and its offset may log a line twice; each run prints an id of its own.
        (await LogAsync(job))
            .Distinct()
            .ShouldHaveSingleItem(told);

        var packages = await CallAsync("ListModelPackages", new { ModelPackageGroupName = Group, MaxResults = 100 });
        packages.Objects("ModelPackageSummaryList").Count().ShouldBe(++executions, $"one version an execution, {told}");
    }

    private async Task<string?> StartAsync(object start)
    {
        try
        {
            var answer = await CallAsync("StartPipelineExecution", start);
            return answer.Text("PipelineExecutionArn");
        }
        catch (AwsException exception) when (exception.Code == "ConnectionError")
        {
            return null;
        }
    }

    private Task<JsonObject> EndedAsync(string arn) =>
        Eventually.Async(
            async () =>
            {
                try
                {
                    return await CallAsync("DescribePipelineExecution", new { PipelineExecutionArn = arn });
                }
                catch (AwsException exception) when (exception.Code == "ConnectionError")
                {
                    return new JsonObject { ["PipelineExecutionStatus"] = Dead };
                }
            },
            execution => execution.Text("PipelineExecutionStatus") is not "Executing"
        );

    private async Task<IReadOnlyList<string>> LogAsync(string job)
    {
        var found = await new LogsClient(cloud.Connection).CallAsync(
            "FilterLogEvents",
            Json(new { logGroupName = "/aws/sagemaker/TrainingJobs", logStreamNamePrefix = $"{job}/" })
        );
        return [.. found.Objects("events").Select(line => line.Text("message")!)];
    }

    private static string Definition()
    {
        var train = ShellSteps.Training("Train", "cat /proc/sys/kernel/random/uuid; echo m > /opt/ml/model/m");
        return new Pipeline
        {
            Steps =
            [
                train,
                new ConditionStep("Gate")
                {
                    Conditions = [Condition.Not(Condition.Equal(train.TrainingJobName, "none"))],
                    IfSteps = [ShellSteps.Register("Register", Group, train.S3ModelArtifacts)],
                },
            ],
        }.ToDefinition();
    }

    private Task<JsonObject> CallAsync(string operation, object input) =>
        new SageMakerClient(cloud.Connection).CallAsync(operation, Json(input), CancellationToken.None);

    private static JsonObject Json(object input) => JsonSerializer.SerializeToNode(input)!.AsObject();
}
