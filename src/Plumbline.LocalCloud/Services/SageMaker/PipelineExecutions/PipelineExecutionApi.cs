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
        var input = call.Input;
        var name = SageMakerArn.NameOf(input.Text("PipelineName")!);
        if (input.ContainsKey("SelectiveExecutionConfig"))
        {
            throw SageMakerErrors.Validation("The local cloud does not implement SelectiveExecutionConfig.");
        }

        PipelineApi.RequireNewest(pipelines, name, input);
        StartParameters.Check(PipelineDefinition.Read(pipelines.Find(name).Text("PipelineDefinition")!), input);
        var arn = await executions.StartAsync(
            name,
            input.Text("ClientRequestToken")!,
            (pipeline, now) => New(pipeline, input, now, call.Caller)
        );
        runner.Begin(arn);
        return Answer(arn);
    }

    public async Task<JsonObject> StopPipelineExecution(AwsCall call)
    {
        var arn = Arn(call);
        await executions.StopAsync(arn, call.Caller);
        runner.Wake(arn);
        return Answer(arn);
    }

    /// <summary>The same execution continues: steps that did not succeed start again.</summary>
    public async Task<JsonObject> RetryPipelineExecution(AwsCall call)
    {
        var arn = Arn(call);
        await executions.RetryAsync(arn, call.Input.Object("ParallelismConfiguration"));
        runner.Begin(arn);
        return Answer(arn);
    }

    public async Task<JsonObject> UpdatePipelineExecution(AwsCall call)
    {
        var arn = Arn(call);
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

    public Task<JsonObject> DescribePipelineExecution(AwsCall call)
    {
        var tree = executions.Find(Arn(call)).Tree;
        tree.Remove(PipelineExecution.Parameters);
        tree.Remove(PipelineExecution.EndTime);
        tree.Remove(PipelineExecution.RoleArn);
        return Task.FromResult(tree);
    }

    public Task<JsonObject> ListPipelineExecutions(AwsCall call)
    {
        var name = SageMakerArn.NameOf(call.Input.Text("PipelineName")!);
        pipelines.Find(name);
        var input = (JsonObject)call.Input.DeepClone();
        if (input.Text("SortBy") == "PipelineExecutionArn")
        {
            input["SortBy"] = "Name";
        }

        return Task.FromResult(Listing.Page(input, PipelineApi.Created(executions.List(name), input)));
    }

    public Task<JsonObject> DescribePipelineDefinitionForExecution(AwsCall call)
    {
        var arn = Arn(call);
        return Task.FromResult(
            new JsonObject
            {
                ["PipelineDefinition"] = executions.DefinitionOf(arn),
                ["CreationTime"] = executions.Find(arn).Tree["CreationTime"]?.DeepClone(),
            }
        );
    }

    private static JsonObject New(JsonObject pipeline, JsonObject input, DateTimeOffset now, Caller caller)
    {
        var id = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 12);
        var tree = new JsonObject
        {
            ["PipelineArn"] = pipeline.Text("PipelineArn"),
            ["PipelineExecutionArn"] = $"{pipeline.Text("PipelineArn")}/execution/{id}",
            ["PipelineExecutionDisplayName"] = $"execution-{now.ToUnixTimeMilliseconds()}",
            ["PipelineExecutionStatus"] = PipelineExecutionStatus.Executing,
            ["CreationTime"] = Tree.Of(now),
            ["LastModifiedTime"] = Tree.Of(now),
            ["CreatedBy"] = UserContext.Of(caller),
            ["LastModifiedBy"] = UserContext.Of(caller),
            [PipelineExecution.RoleArn] = pipeline.Text("RoleArn"),
            [PipelineExecution.Parameters] = input.Array("PipelineParameters")?.DeepClone() ?? new JsonArray(),
        };
        Copy(pipeline, tree, "ParallelismConfiguration");
        Copy(input, tree, "PipelineExecutionDisplayName", "PipelineExecutionDescription", "ParallelismConfiguration");
        var definition = PipelineDefinition.Read(pipeline.Text("PipelineDefinition")!);
        if (definition.ExperimentConfig is { } experiment)
        {
            tree["PipelineExperimentConfig"] = new Evaluation(definition, new PipelineExecution(tree), now).Resolve(
                experiment
            );
        }

        return tree;
    }

    private static JsonObject Summary(Document execution)
    {
        var summary = new JsonObject { ["StartTime"] = execution.Tree["CreationTime"]?.DeepClone() };
        Copy(
            execution.Tree,
            summary,
            "PipelineExecutionArn",
            "PipelineExecutionStatus",
            "PipelineExecutionDescription",
            "PipelineExecutionDisplayName"
        );
        if (execution.Tree["FailureReason"] is { } reason)
        {
            summary["PipelineExecutionFailureReason"] = reason.DeepClone();
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

    private static string Arn(AwsCall call) => call.Input.Text("PipelineExecutionArn")!;

    private static JsonObject Answer(string arn) => new() { ["PipelineExecutionArn"] = arn };
}
