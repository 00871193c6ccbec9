using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>Creates a model, which is complete immediately.</summary>
internal sealed class ModelStepRunner : IResourceStep
{
    public string CreateOperation => "CreateModel";

    public string DescribeOperation => "DescribeModel";

    public string? StopOperation => null;

    public string MetadataMember => "Model";

    public string ArnMember => "ModelArn";

    public string NameMember => "ModelName";

    public void Complete(JsonObject input, string resourceName, string step, PipelineExecution execution)
    {
        input[NameMember] = resourceName;
        StepTags.Add(input, step, execution);
    }

    public JsonObject Naming(StepRecord record) => new() { [NameMember] = record.ResourceName };

    public (string Status, string? Reason)? EndOf(JsonObject described) => (StepStatus.Succeeded, null);
}
