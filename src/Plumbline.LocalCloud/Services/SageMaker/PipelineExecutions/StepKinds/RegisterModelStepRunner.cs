using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>
/// Adds a version to a model package group. The registry numbers versions, so a ClientToken, which is stored before the
/// call, prevents a second version when a crash makes the call repeat. Like SageMaker Pipelines, the step always tries
/// to create the group, with the pipeline's role. The step's tags go to the new group, because a version cannot have
/// tags; AWS requires the right to tag both.
/// </summary>
internal sealed class RegisterModelStepRunner : IResourceStep
{
    public string CreateOperation => "CreateModelPackage";

    public string DescribeOperation => "DescribeModelPackage";

    public string? StopOperation => null;

    public string MetadataMember => "RegisterModel";

    public string ArnMember => "ModelPackageArn";

    public string? NameMember => null;

    public void Complete(JsonObject input, string resourceName, string step, PipelineExecution execution)
    {
        input["ClientToken"] = resourceName;
        var metadata = new CreateModelPackageInput(input).MetadataProperties?.Tree ?? [];
        metadata["GeneratedBy"] ??= execution.Arn;
        input["MetadataProperties"] = metadata;
        StepTags.Add(input, step, execution);
    }

    public JsonObject CallInput(JsonObject arguments)
    {
        var input = arguments.DeepClone().AsObject();
        if (Group(input) is not null)
        {
            input.Remove("Tags");
        }

        return input;
    }

    public (string Operation, JsonObject Input)? First(JsonObject arguments)
    {
        // A group that is named by its ARN must exist: it may belong to another account.
        var group = Group(arguments);
        if (group is null or ['a', 'r', 'n', ':', ..])
        {
            return null;
        }

        var input = new JsonObject { ["ModelPackageGroupName"] = group };
        if (arguments.Array("Tags") is { } tags)
        {
            input["Tags"] = tags.DeepClone();
        }

        return ("CreateModelPackageGroup", input);
    }

    public string? TaggedVersion(JsonObject arguments) =>
        Group(arguments) is { } group ? SageMakerArn.Of("model-package", SageMakerArn.NameOf(group) + "/*") : null;

    public JsonObject Naming(StepRecord record) => new() { ["ModelPackageName"] = record.ResourceArn };

    public (string Status, string? Reason)? EndOf(JsonObject described) =>
        new DescribeModelPackageOutput(described).ModelPackageStatus switch
        {
            ModelPackageStatus.Completed => (StepStatus.Succeeded, null),
            ModelPackageStatus.Failed => (StepStatus.Failed, "The model package failed."),
            _ => null,
        };

    private static string? Group(JsonObject arguments) => new CreateModelPackageInput(arguments).ModelPackageGroupName;
}
