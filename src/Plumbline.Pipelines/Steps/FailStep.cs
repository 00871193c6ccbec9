using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Steps;

/// <summary>A step that ends the execution as failed.</summary>
/// <param name="Name"><inheritdoc cref="Step.Name"/></param>
public sealed record FailStep(string Name) : Step(Name)
{
    /// <summary>The reason, for people.</summary>
    public PipelineValue ErrorMessage { get; init; } = "";

    private protected override string Type => StepTypes.Fail;

    private protected override JsonObject Arguments() => new() { ["ErrorMessage"] = ErrorMessage.ToJson() };
}
