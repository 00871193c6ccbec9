using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.Pipelines;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.Connections;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>Uses a store without a server, so that its events are not delivered and can be read.</summary>
public sealed class PipelineExecutionEventTests : IAsyncLifetime
{
    private const string PipelineArn = "arn:aws:sagemaker:us-east-1:000000000000:pipeline/digits";
    private const string Arn = PipelineArn + "/execution/abcdefghijkl";
    private const string JobArn =
        "arn:aws:sagemaker:us-east-1:000000000000:training-job/pipelines-abcdefghijkl-train-x";

    private static readonly DateTimeOffset Start = new(2026, 3, 15, 16, 3, 14, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private Database database = null!;
    private EventOutbox outbox = null!;
    private PipelineExecutionStore executions = null!;

    public async Task InitializeAsync()
    {
        database = Database.Open(folder.At("test.db"));
        var clock = new CivilClock(database);
        outbox = new EventOutbox(clock);
        var pipelines = new PipelineStore(database, clock, new TagStore(database, clock));
        executions = new PipelineExecutionStore(database, clock, pipelines, new PipelineExecutionEvents(outbox));
        await pipelines.CreateAsync(
            new CreatePipelineRequest(
                Json(
                    """{"PipelineName":"digits","RoleArn":"arn:aws:iam::000000000000:role/job","ClientRequestToken":"t"}"""
                )
            ),
            """{"Steps":[]}""",
            Caller.Root
        );
        await executions.StartAsync("digits", "token", (_, now) => Execution(now));
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task An_execution_tells_its_start_and_its_end()
    {
        await executions.SaveAsync(Arn, "Executing", [], ("Succeeded", null));

        var told = Events("SageMaker Model Building Pipeline Execution Status Change");
        told.Count.ShouldBe(2);
        told.ShouldAllBe(one => one.Text("source") == "aws.sagemaker");
        told.ShouldAllBe(one => one.Texts("resources").SequenceEqual(new[] { PipelineArn, Arn }));
        Detail(told[0]).Text("currentPipelineExecutionStatus").ShouldBe("Executing");
        Detail(told[0]).ContainsKey("previousPipelineExecutionStatus").ShouldBeFalse();
        Detail(told[0]).ContainsKey("executionEndTime").ShouldBeFalse();
        Detail(told[1]).Text("currentPipelineExecutionStatus").ShouldBe("Succeeded");
        Detail(told[1]).Text("previousPipelineExecutionStatus").ShouldBe("Executing");
        Detail(told[1]).Text("pipelineExecutionDescription").ShouldBe("by hand");
        Detail(told[1]).Text("executionEndTime")!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        Detail(told[1]).Text("pipelineExecutionArn").ShouldBe(Arn);
    }

    [Fact]
    public async Task A_step_tells_each_change_of_its_status_and_nothing_else()
    {
        var starting = new StepRecord
        {
            Name = "Train",
            Type = "Training",
            Status = StepStatus.Starting,
            StartTime = Start,
        };
        var executing = starting with
        {
            Status = StepStatus.Executing,
            Metadata = new JsonObject { ["TrainingJob"] = new JsonObject { ["Arn"] = JobArn } },
        };
        var failed = executing with
        {
            Status = StepStatus.Failed,
            EndTime = Start.AddSeconds(1),
            FailureReason = "ClientError: broken",
        };

        await SaveAsync(starting, null);
        await SaveAsync(executing, starting);
        await SaveAsync(executing with { AttemptCount = 2 }, executing);
        await SaveAsync(failed, executing);

        var told = Events("SageMaker Model Building Pipeline Execution Step Status Change").ConvertAll(Detail);
        told.Select(detail => (detail.Text("previousStepStatus"), detail.Text("currentStepStatus")))
            .ShouldBe([(null, "Starting"), ("Starting", "Executing"), ("Executing", "Failed")]);
        told[2]
            .ToJsonString()
            .ShouldBe(
                $$$"""{"metadata":{"trainingJob":{"arn":"{{{JobArn}}}"}},"stepStartTime":"2026-03-15T16:03:14Z","stepName":"Train","stepType":"Training","currentStepStatus":"Failed","pipelineArn":"{{{PipelineArn}}}","pipelineExecutionArn":"{{{Arn}}}","previousStepStatus":"Executing","failureReason":"ClientError: broken","stepEndTime":"2026-03-15T16:03:15Z"}"""
            );
    }

    [Fact]
    public async Task A_decision_made_before_a_stop_is_not_kept()
    {
        await executions.StopAsync(Arn, Caller.Root);

        var kept = await executions.SaveAsync(Arn, "Executing", [], ("Succeeded", null));

        kept.ShouldBeFalse();
        executions.Find(Arn).Status.ShouldBe("Stopping");
        executions.Active().ShouldBe([Arn]);
    }

    private static PipelineExecution Execution(DateTimeOffset now)
    {
        var tree = new JsonObject
        {
            ["PipelineArn"] = PipelineArn,
            ["PipelineExecutionArn"] = Arn,
            ["PipelineExecutionDisplayName"] = "execution-1",
            ["PipelineExecutionDescription"] = "by hand",
            ["PipelineExecutionStatus"] = PipelineExecutionStatus.Executing,
            ["CreationTime"] = Tree.Of(now),
        };
        return new PipelineExecution(new(tree), new ExecutionState { RoleArn = "arn:aws:iam::000000000000:role/job" });
    }

    private static JsonObject Detail(JsonObject told) => told.Object("detail")!;

    private Task SaveAsync(StepRecord step, StepRecord? previous) =>
        executions.SaveAsync(Arn, "Executing", [new StepChange(step, previous, 0)], end: null);

    private List<JsonObject> Events(string type) =>
        database
            .Read(connection => outbox.Oldest(connection, 100))
            .Select(one => JsonDepth.ReadKept(one.Event))
            .Where(one => one.Text("detail-type") == type)
            .ToList();
}
