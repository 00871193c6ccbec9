using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Pipelines.Values;

/// <summary>
/// The value of an argument: a literal, or an expression that SageMaker evaluates when the step runs. It converts to
/// JSON implicitly, so that a <see cref="JsonObject"/> of raw arguments may contain it.
/// </summary>
public abstract class PipelineValue
{
    /// <summary>The literal or the expression as JSON.</summary>
    public abstract JsonNode ToJson();

    /// <summary>The value as text, for arguments that accept only text, such as hyperparameters.</summary>
    public virtual PipelineValue AsText() => Function.Join("", this);

    public static implicit operator PipelineValue(string value) => new Literal(JsonValue.Create(value));

    public static implicit operator PipelineValue(int value) => new Literal(JsonValue.Create(value));

    public static implicit operator PipelineValue(double value) => new Literal(JsonValue.Create(value));

    public static implicit operator PipelineValue(bool value) => new Literal(JsonValue.Create(value));

    public static implicit operator JsonNode(PipelineValue value) => value.ToJson();

    /// <summary>An expression of the form <c>{"Get":"…"}</c>.</summary>
    protected static JsonObject Get(string reference) => new() { [Aws.Formats.Pipelines.Expression.Get] = reference };

    private sealed class Literal(JsonValue value) : PipelineValue
    {
        public override JsonNode ToJson() => value.DeepClone();

        public override PipelineValue AsText() =>
            value.GetValueKind() switch
            {
                JsonValueKind.String => this,
                JsonValueKind.Number => value.GetValue<object>() is IFormattable number
                    ? number.ToString(null, CultureInfo.InvariantCulture)
                    : value.ToJsonString(),
                _ => value.ToJsonString(),
            };
    }
}
