using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>A kind of step that makes a resource of SageMaker's and waits until that has come to an end.</summary>
internal interface IResourceStep
{
    /// <summary>The operation that makes it; its input is the step's arguments.</summary>
    string CreateOperation { get; }

    /// <summary>The operation that describes it; its output is the step's properties.</summary>
    string DescribeOperation { get; }

    /// <summary>The operation that stops it; null where it ends at once.</summary>
    string? StopOperation { get; }

    /// <summary>The member of AWS's step metadata that carries the ARN, such as <c>TrainingJob</c>.</summary>
    string MetadataMember { get; }

    /// <summary>The member of the outputs that is the ARN.</summary>
    string ArnMember { get; }

    /// <summary>The argument that names it; null where SageMaker does.</summary>
    string? NameMember { get; }

    /// <summary>Completes the arguments with the name chosen, and with what AWS adds by itself.</summary>
    void Complete(JsonObject input, string resourceName, string step, PipelineExecution execution);

    /// <summary>The input of the create operation: the step's arguments, without those that are for what it needs first.</summary>
    JsonObject CallInput(JsonObject arguments) => arguments;

    /// <summary>A call that makes what the resource is made in, for which "there already" is as good; null where there is none.</summary>
    (string Operation, JsonObject Input)? First(JsonObject arguments) => null;

    /// <summary>The ARN of a version that the right to tag is asked for, although the call has no tags; null where the call asks for it.</summary>
    string? TaggedVersion(JsonObject arguments) => null;

    /// <summary>The name of the resource in the describe and stop operations.</summary>
    JsonObject Naming(StepRecord record);

    /// <summary>How it ended, as a step status; null while it goes on.</summary>
    (string Status, string? Reason)? EndOf(JsonObject described);
}
