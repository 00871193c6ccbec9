using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>A kind of step that creates a SageMaker resource and waits until the resource has ended.</summary>
internal interface IResourceStep
{
    /// <summary>The operation that creates the resource; its input is the step's arguments.</summary>
    string CreateOperation { get; }

    /// <summary>The operation that describes the resource; its output is the step's properties.</summary>
    string DescribeOperation { get; }

    /// <summary>The operation that stops the resource; null if the resource is complete immediately.</summary>
    string? StopOperation { get; }

    /// <summary>The member of AWS's step metadata that contains the ARN, for example <c>TrainingJob</c>.</summary>
    string MetadataMember { get; }

    /// <summary>The member of the operations' outputs that contains the ARN.</summary>
    string ArnMember { get; }

    /// <summary>The argument that names the resource; null if SageMaker chooses the name.</summary>
    string? NameMember { get; }

    /// <summary>Adds the chosen name, and the members that AWS adds, to the arguments.</summary>
    void Complete(JsonObject input, string resourceName, string step, PipelineExecution execution);

    /// <summary>Returns the create operation's input: the arguments without those for <see cref="First"/>.</summary>
    JsonObject CallInput(JsonObject arguments) => arguments;

    /// <summary>Returns the call that creates the resource's parent, which may exist; null without a parent.</summary>
    (string Operation, JsonObject Input)? First(JsonObject arguments) => null;

    /// <summary>
    /// Returns the ARN for which the caller needs the right to tag although the create call has no tags; null if the
    /// create call itself checks that right.
    /// </summary>
    string? TaggedVersion(JsonObject arguments) => null;

    /// <summary>Returns the input of the describe and stop operations.</summary>
    JsonObject Naming(StepRecord record);

    /// <summary>Returns the step status for a resource that has ended, or null while it is in progress.</summary>
    (string Status, string? Reason)? EndOf(JsonObject described);
}
