using System.Text.Json.Nodes;

namespace Plumbline.Pipelines.Values;

/// <summary>What a step's Describe operation answers at a path; it makes the step that uses it wait.</summary>
public sealed class StepProperty : PipelineValue
{
    private readonly string step;
    private readonly string path;
    private readonly bool text;

    internal StepProperty(string step, string path, bool text) =>
        (this.step, this.path, this.text) = (step, path, text);

    /// <inheritdoc/>
    public override JsonNode ToJson() => Get($"Steps.{step}.{path}");

    /// <inheritdoc/>
    public override PipelineValue AsText() => text ? this : base.AsText();
}
