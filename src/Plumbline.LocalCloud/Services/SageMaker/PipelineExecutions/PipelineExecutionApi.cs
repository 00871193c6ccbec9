using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.Pipelines;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions;

internal sealed class PipelineExecutionApi(
    PipelineStore pipelines,
    PipelineExecutionStore executions,
    PipelineExecutionRunner runner
)
{
    private static readonly Listing Listing = new()
    {
        ItemsMember = "PipelineExecutionSummaries",
        NameMember = "PipelineExecutionArn",
        Summary = Summary,
    };

    public async Task<JsonObject> StartPipelineExecution(AwsCall call)
    {
        var request = new StartPipelineExecutionRequest(call.Input);
        var name = SageMakerArn.NameOf(request.PipelineName);
        if (call.Input.ContainsKey("SelectiveExecutionConfig"))
        {
            throw SageMakerErrors.Validation("The local cloud does not implement SelectiveExecutionConfig.");
        }

        PipelineApi.RequireNewest(pipelines, name, request.PipelineVersionId);
        var definition = PipelineDefinition.Read(pipelines.Find(name).PipelineDefinition);
        StartParameters.Check(definition, request.PipelineParameters);
        var arn = await executions.StartAsync(
            name,
            request.ClientRequestToken,
            (pipeline, now) => New(pipeline, request, now, call.Caller)
        );
        runner.Begin(arn);
        return Answer(arn);
    }

    public async Task<JsonObject> StopPipelineExecution(AwsCall call)
    {
        var arn = new StopPipelineExecutionRequest(call.Input).PipelineExecutionArn;
        await executions.StopAsync(arn, call.Caller);
        runner.Wake(arn);
        return Answer(arn);
    }

    /// <summary>The same execution continues: steps that did not succeed start again.</summary>
    public async Task<JsonObject> RetryPipelineExecution(AwsCall call)
    {
        var request = new RetryPipelineExecutionRequest(call.Input);
        var arn = request.PipelineExecutionArn;
        await executions.RetryAsync(arn, request.ParallelismConfiguration);
        runner.Begin(arn);
        return Answer(arn);
    }

    public async Task<JsonObject> UpdatePipelineExecution(AwsCall call)
    {
        var arn = new UpdatePipelineExecutionRequest(call.Input).PipelineExecutionArn;
        await executions.ChangeAsync(
            arn,
            tree =>
            {
                Copy(
                    call.Input,
                    tree,
                    "PipelineExecutionDisplayName",
                    "PipelineExecutionDescription",
                    "ParallelismConfiguration"
                );
                tree["LastModifiedBy"] = UserContext.Of(call.Caller);
            }
        );
        runner.Wake(arn);
        return Answer(arn);
    }

    public Task<JsonObject> DescribePipelineExecution(AwsCall call) =>
        Task.FromResult(executions.Find(new DescribePipelineExecutionRequest(call.Input).PipelineExecutionArn).Tree);

    public Task<JsonObject> ListPipelineExecutions(AwsCall call)
    {
        var request = new ListPipelineExecutionsRequest(call.Input);
        var name = SageMakerArn.NameOf(request.PipelineName);
        pipelines.Find(name);
        var input = (JsonObject)call.Input.DeepClone();
        if (request.SortBy == SortPipelineExecutionsBy.PipelineExecutionArn)
        {
            input["SortBy"] = "Name";
        }

        var found = PipelineApi.Created(executions.List(name), request.CreatedAfter, request.CreatedBefore);
        return Task.FromResult(Listing.Page(input, found));
    }

    public Task<JsonObject> DescribePipelineDefinitionForExecution(AwsCall call)
    {
        var arn = new DescribePipelineDefinitionForExecutionRequest(call.Input).PipelineExecutionArn;
        return Task.FromResult(
            new JsonObject
            {
                ["PipelineDefinition"] = executions.DefinitionOf(arn),
                ["CreationTime"] = Tree.Of(executions.Find(arn).StartTime),
            }
        );
    }

    private static PipelineExecution New(
        DescribePipelineResponse pipeline,
        StartPipelineExecutionRequest request,
        DateTimeOffset now,
        Caller caller
    )
    {
        var id = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 12);
        var tree = new JsonObject
        {
            ["PipelineArn"] = pipeline.PipelineArn,
            ["PipelineExecutionArn"] = $"{pipeline.PipelineArn}/execution/{id}",
            ["PipelineExecutionDisplayName"] = $"execution-{now.ToUnixTimeMilliseconds()}",
            ["PipelineExecutionStatus"] = PipelineExecutionStatus.Executing,
            ["CreationTime"] = Tree.Of(now),
            ["LastModifiedTime"] = Tree.Of(now),
            ["CreatedBy"] = UserContext.Of(caller),
            ["LastModifiedBy"] = UserContext.Of(caller),
        };
        Copy(pipeline.Tree, tree, "ParallelismConfiguration");
        Copy(
            request.Tree,
            tree,
            "PipelineExecutionDisplayName",
            "PipelineExecutionDescription",
            "ParallelismConfiguration"
        );
        var state = new ExecutionState
        {
            RoleArn = pipeline.RoleArn,
            Parameters = request.PipelineParameters.ToDictionary(one => one.Name, one => one.Value),
        };
        var execution = new PipelineExecution(new(tree), state);
        var definition = PipelineDefinition.Read(pipeline.PipelineDefinition);
        if (definition.ExperimentConfig is { } experiment)
        {
            tree["PipelineExperimentConfig"] = new Evaluation(definition, execution, now).Resolve(experiment);
        }

        return execution;
    }

    private static JsonObject Summary(Document execution)
    {
        var described = new DescribePipelineExecutionResponse(execution.Tree);
        var summary = new JsonObject { ["StartTime"] = Tree.Of(described.CreationTime) };
        Copy(
            execution.Tree,
            summary,
            "PipelineExecutionArn",
            "PipelineExecutionStatus",
            "PipelineExecutionDescription",
            "PipelineExecutionDisplayName"
        );
        if (described.FailureReason is { } reason)
        {
            summary["PipelineExecutionFailureReason"] = reason;
        }

        return summary;
    }

    private static void Copy(JsonObject from, JsonObject to, params string[] members)
    {
        foreach (var member in members.Where(from.ContainsKey))
        {
            to[member] = from[member]?.DeepClone();
        }
    }

    private static JsonObject Answer(string arn) => new() { ["PipelineExecutionArn"] = arn };
}
