using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;

namespace Plumbline.Pipelines.Values;

/// <summary>A function that SageMaker evaluates when the step runs.</summary>
public sealed class Function : PipelineValue
{
    private readonly JsonObject json;
    private readonly bool text;

    private Function(string name, JsonObject arguments, bool text) =>
        (json, this.text) = (new JsonObject { [name] = arguments }, text);

    /// <summary>Std:Join: the values as text, with <paramref name="on"/> between them.</summary>
    public static PipelineValue Join(string on, params IEnumerable<PipelineValue> values) =>
        new Function(
            Expression.Join,
            new JsonObject { ["On"] = on, ["Values"] = new JsonArray([.. values.Select(value => value.ToJson())]) },
            text: true
        );

    /// <summary>Std:JsonGet from a JSON object in S3.</summary>
    /// <param name="s3Uri">The object's URI; AWS accepts only literals, parameters and execution variables.</param>
    /// <param name="path">Such as <c>metrics.accuracy.value</c> or <c>folds[0]['f1.score']</c>.</param>
    public static PipelineValue JsonGet(PipelineValue s3Uri, string path) =>
        new Function(Expression.JsonGet, new JsonObject { ["S3Uri"] = s3Uri.ToJson(), ["Path"] = path }, text: false);

    /// <inheritdoc/>
    public override JsonNode ToJson() => json.DeepClone();

    /// <inheritdoc/>
    public override PipelineValue AsText() => text ? this : base.AsText();

    internal static PipelineValue JsonGet(string step, string propertyFile, string path) =>
        new Function(
            Expression.JsonGet,
            new JsonObject { ["PropertyFile"] = Get($"Steps.{step}.PropertyFiles.{propertyFile}"), ["Path"] = path },
            text: false
        );
}
