using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.Pipelines;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions;

internal sealed class PipelineApi(
    PipelineStore pipelines,
    PipelineExecutionStore executions,
    PipelineDefinitions definitions
)
{
    private static readonly Listing Listing = new()
    {
        ItemsMember = "PipelineSummaries",
        NameMember = "PipelineName",
        Summary = Summary,
    };

    public async Task<JsonObject> CreatePipeline(AwsCall call)
    {
        var definition =
            await definitions.ReadAsync(call.Input, call.Caller, call.Aborted)
            ?? throw SageMakerErrors.Validation(
                "Either Pipeline Definition or Pipeline Definition S3 location should be provided"
            );
        return Answer(await pipelines.CreateAsync(call.Input, definition, call.Caller));
    }

    public async Task<JsonObject> UpdatePipeline(AwsCall call)
    {
        pipelines.Find(call.Input.Text("PipelineName")!);
        var definition = await definitions.ReadAsync(call.Input, call.Caller, call.Aborted);
        var version = await pipelines.UpdateAsync(call.Input, definition, call.Caller);
        var answer = Answer(PipelineStore.ArnOf(call.Input.Text("PipelineName")!));
        answer["PipelineVersionId"] = version;
        return answer;
    }

    public Task<JsonObject> DescribePipeline(AwsCall call)
    {
        var name = call.Input.Text("PipelineName")!;
        RequireNewest(pipelines, name, call.Input);
        return Task.FromResult(pipelines.Find(name));
    }

    public Task<JsonObject> ListPipelines(AwsCall call)
    {
        var prefix = call.Input.Text("PipelineNamePrefix") ?? "";
        var found = pipelines
            .List()
            .Where(pipeline => pipeline.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return Task.FromResult(Listing.Page(call.Input, Created(found, call.Input)));
    }

    /// <summary>Also deletes the pipeline's executions.</summary>
    public async Task<JsonObject> DeletePipeline(AwsCall call)
    {
        var name = call.Input.Text("PipelineName")!;
        await executions.DeletePipelineAsync(name);
        return Answer(PipelineStore.ArnOf(name));
    }

    internal static void RequireNewest(PipelineStore pipelines, string name, JsonObject input)
    {
        if (input.Long("PipelineVersionId") is { } asked && pipelines.VersionOf(name) is var newest && asked != newest)
        {
            throw SageMakerErrors.Validation(
                $"Version {asked} of pipeline {name} is not kept: the local cloud keeps only the newest, {newest}."
            );
        }
    }

    /// <summary>Filters by the request's CreatedAfter and CreatedBefore.</summary>
    internal static IEnumerable<Document> Created(IEnumerable<Document> documents, JsonObject input)
    {
        var after = input.Time("CreatedAfter")?.ToUnixTimeMilliseconds() ?? long.MinValue;
        var before = input.Time("CreatedBefore")?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        return documents.Where(document => document.Created > after && document.Created < before);
    }

    private static JsonObject Answer(string arn) => new() { ["PipelineArn"] = arn };

    private static JsonObject Summary(Document pipeline)
    {
        var summary = new JsonObject();
        foreach (
            var member in (string[])
                [
                    "PipelineArn",
                    "PipelineName",
                    "PipelineDisplayName",
                    "PipelineDescription",
                    "RoleArn",
                    "CreationTime",
                    "LastModifiedTime",
                ]
        )
        {
            if (pipeline.Tree[member] is { } value)
            {
                summary[member] = value.DeepClone();
            }
        }

        if (pipeline.Tree["LastRunTime"] is { } last)
        {
            summary["LastExecutionTime"] = last.DeepClone();
        }

        return summary;
    }
}
