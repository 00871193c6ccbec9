using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
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
        var request = new CreatePipelineRequest(call.Input);
        var (inline, location) = (request.PipelineDefinition, request.PipelineDefinitionS3Location);
        var definition =
            await definitions.ReadAsync(inline, location, call.Caller, call.Aborted)
            ?? throw SageMakerErrors.Validation(
                "Either Pipeline Definition or Pipeline Definition S3 location should be provided"
            );
        return Answer(await pipelines.CreateAsync(request, definition, call.Caller));
    }

    public async Task<JsonObject> UpdatePipeline(AwsCall call)
    {
        var request = new UpdatePipelineRequest(call.Input);
        pipelines.Find(request.PipelineName);
        var (inline, location) = (request.PipelineDefinition, request.PipelineDefinitionS3Location);
        var definition = await definitions.ReadAsync(inline, location, call.Caller, call.Aborted);
        var version = await pipelines.UpdateAsync(request, definition, call.Caller);
        var answer = Answer(PipelineStore.ArnOf(request.PipelineName));
        answer["PipelineVersionId"] = version;
        return answer;
    }

    public Task<JsonObject> DescribePipeline(AwsCall call)
    {
        var request = new DescribePipelineRequest(call.Input);
        RequireNewest(pipelines, request.PipelineName, request.PipelineVersionId);
        return Task.FromResult(pipelines.Find(request.PipelineName).Tree);
    }

    public Task<JsonObject> ListPipelines(AwsCall call)
    {
        var request = new ListPipelinesRequest(call.Input);
        var prefix = request.PipelineNamePrefix ?? "";
        var found = pipelines
            .List()
            .Where(pipeline => pipeline.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return Task.FromResult(Listing.Page(call.Input, Created(found, request.CreatedAfter, request.CreatedBefore)));
    }

    /// <summary>Also deletes the pipeline's executions.</summary>
    public async Task<JsonObject> DeletePipeline(AwsCall call)
    {
        var name = new DeletePipelineRequest(call.Input).PipelineName;
        await executions.DeletePipelineAsync(name);
        return Answer(PipelineStore.ArnOf(name));
    }

    internal static void RequireNewest(PipelineStore pipelines, string name, long? version)
    {
        if (version is { } asked && pipelines.VersionOf(name) is var newest && asked != newest)
        {
            throw SageMakerErrors.Validation(
                $"Version {asked} of pipeline {name} is not kept: the local cloud keeps only the newest, {newest}."
            );
        }
    }

    /// <summary>Filters by the request's CreatedAfter and CreatedBefore.</summary>
    internal static IEnumerable<Document> Created(
        IEnumerable<Document> documents,
        DateTimeOffset? after,
        DateTimeOffset? before
    )
    {
        var first = after?.ToUnixTimeMilliseconds() ?? long.MinValue;
        var last = before?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        return documents.Where(document => document.Created > first && document.Created < last);
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

        if (new DescribePipelineResponse(pipeline.Tree).LastRunTime is { } last)
        {
            summary["LastExecutionTime"] = Tree.Of(last);
        }

        return summary;
    }
}
