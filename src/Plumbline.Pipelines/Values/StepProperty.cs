using System.Text.Json.Nodes;

namespace Plumbline.Pipelines.Values;

/// <summary>A value from the answer of a step's Describe operation; a step that uses it waits for that step.</summary>
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
