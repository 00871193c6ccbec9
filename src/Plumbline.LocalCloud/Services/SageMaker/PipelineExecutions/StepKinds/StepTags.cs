using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>The tags that name the execution and the step that created a resource, as on AWS.</summary>
internal static class StepTags
{
    public static void Add(JsonObject input, string step, PipelineExecution execution)
    {
        var tags = input.Array("Tags") ?? [];
        tags.Add(Tag("sagemaker:pipeline-execution-arn", execution.Arn));
        tags.Add(Tag("sagemaker:pipeline-step-name", step));
        input["Tags"] = tags;
    }

    private static JsonObject Tag(string key, string value) => new() { ["Key"] = key, ["Value"] = value };
}
