using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;

namespace Plumbline.Pipelines.Values;

/// <summary>A parameter of a pipeline: StartPipelineExecution may give it a value.</summary>
public sealed class Parameter : PipelineValue
{
    private readonly ParameterType type;
    private readonly JsonNode? defaultValue;
    private readonly IReadOnlyList<string> allowed;

    private Parameter(string name, ParameterType type, JsonNode? defaultValue, IReadOnlyList<string>? allowed = null) =>
        (Name, this.type, this.defaultValue, this.allowed) = (name, type, defaultValue, allowed ?? []);

    public string Name { get; }

    /// <summary>A parameter that is text.</summary>
    /// <param name="name">Unique in the pipeline.</param>
    /// <param name="defaultValue">The value if a start gives none; null makes each start give one.</param>
    /// <param name="allowed">The values that it may have; null allows any value.</param>
    public static Parameter Text(string name, string? defaultValue = null, IReadOnlyList<string>? allowed = null) =>
        new(name, ParameterType.String, defaultValue, allowed);

    /// <inheritdoc cref="Text"/>
    public static Parameter Integer(string name, long? defaultValue = null) =>
        new(name, ParameterType.Integer, defaultValue);

    /// <inheritdoc cref="Text"/>
    public static Parameter Float(string name, double? defaultValue = null) =>
        new(name, ParameterType.Float, defaultValue);

    /// <inheritdoc cref="Text"/>
    public static Parameter Boolean(string name, bool? defaultValue = null) =>
        new(name, ParameterType.Boolean, defaultValue);

    /// <inheritdoc/>
    public override JsonNode ToJson() => Get($"Parameters.{Name}");

    /// <inheritdoc/>
    public override PipelineValue AsText() => type == ParameterType.String ? this : base.AsText();

    internal JsonObject Declaration()
    {
        var declaration = new JsonObject { ["Name"] = Name, ["Type"] = type.ToString() };
        if (defaultValue is not null)
        {
            declaration["DefaultValue"] = defaultValue.DeepClone();
        }

        if (allowed.Count > 0)
        {
            declaration["EnumValues"] = new JsonArray([.. allowed.Select(value => JsonValue.Create(value))]);
        }

        return declaration;
    }
}
