using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Steps;

/// <summary>A step that makes a SageMaker model (CreateModel).</summary>
/// <param name="Name"><inheritdoc cref="Step.Name"/></param>
public sealed record ModelStep(string Name) : Step(Name)
{
    /// <summary>The role under which endpoints run the model.</summary>
    public required PipelineValue ExecutionRoleArn { get; init; }

    /// <summary>The image that serves the model.</summary>
    public required PipelineValue Image { get; init; }

    /// <summary>The S3 URI of the model archive.</summary>
    public required PipelineValue ModelDataUrl { get; init; }

    /// <summary>Environment variables of the model server.</summary>
    public IReadOnlyDictionary<string, PipelineValue> Environment { get; init; } =
        new Dictionary<string, PipelineValue>();

    /// <summary>The model's name, chosen when the step runs.</summary>
    public StepProperty ModelName => Property("ModelName");

    private protected override string Type => StepTypes.Model;

    private protected override JsonObject Arguments()
    {
        var container = new JsonObject { ["Image"] = Image.ToJson(), ["ModelDataUrl"] = ModelDataUrl.ToJson() };
        Set(container, "Environment", Environment);
        return new JsonObject { ["ExecutionRoleArn"] = ExecutionRoleArn.ToJson(), ["PrimaryContainer"] = container };
    }
}
