using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;

/// <summary>Replaces the expressions of a definition by their values.</summary>
internal sealed class Evaluation(PipelineDefinition definition, PipelineExecution execution, DateTimeOffset now)
{
    /// <summary>The steps that references may read.</summary>
    public IReadOnlyDictionary<string, StepRecord> Steps { get; init; } = new Dictionary<string, StepRecord>();

    /// <summary>The JSON files that Std:JsonGet may read, by their S3 URI.</summary>
    public IReadOnlyDictionary<string, JsonNode> Files { get; init; } = new Dictionary<string, JsonNode>();

    /// <summary>The name of the resource that the step creates.</summary>
    public string? ResourceName { get; set; }

    /// <summary>Returns a copy of a tree, with a value for every expression.</summary>
    /// <param name="node">A tree with expressions.</param>
    /// <param name="shape">The shape of the member in AWS's model; values are converted to its type.</param>
    /// <exception cref="StepFailedException">An expression has no value.</exception>
    public JsonNode? Resolve(JsonNode? node, Shape? shape = null) =>
        node switch
        {
            JsonObject tree when Expression.KindOf(tree) is not null => InType(Value(tree), shape),
            JsonObject tree => new JsonObject(
                tree.Select(member =>
                    KeyValuePair.Create(member.Key, Resolve(member.Value, MemberOf(shape, member.Key)))
                )
            ),
            JsonArray list => new JsonArray([
                .. list.Select(item => Resolve(item, shape?.Kind == ShapeKind.List ? shape.Member : null)),
            ]),
            _ => node?.DeepClone(),
        };

    /// <summary>Returns the S3 URI of the file that a Std:JsonGet function reads.</summary>
    public string FileOf(JsonObject function)
    {
        if (function["S3Uri"] is { } uri)
        {
            return Resolve(uri)!.ToString();
        }

        var reference = function["PropertyFile"]![Expression.Get]!.ToString().Split('.', 4);
        var file = definition.Steps[reference[1]].PropertyFiles[reference[3]];
        var output = PropertyPath
            .Parse($"ProcessingOutputConfig.Outputs['{file.OutputName}'].S3Output.S3Uri")
            .Find(Steps[reference[1]].Properties);
        return output is null
            ? throw new StepFailedException($"Step {reference[1]} has no output {file.OutputName}.")
            : $"{output.ToString().TrimEnd('/')}/{file.FilePath}";
    }

    private static Shape? MemberOf(Shape? shape, string name) =>
        shape?.Kind switch
        {
            ShapeKind.Structure => shape.Members.GetValueOrDefault(name),
            ShapeKind.Map => shape.Value,
            _ => null,
        };

    private static string TextOf(JsonNode node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.ToString()
            : node.ToJsonString();

    private static JsonNode InType(JsonNode value, Shape? shape) =>
        (shape?.Kind, value.GetValueKind()) switch
        {
            (ShapeKind.String, not JsonValueKind.String) => JsonValue.Create(TextOf(value)),
            (ShapeKind.Integer or ShapeKind.Long, JsonValueKind.String) => StartParameters.Typed(
                ParameterType.Integer,
                value.ToString()
            ) ?? value,
            (ShapeKind.Float or ShapeKind.Double, JsonValueKind.String) => StartParameters.Typed(
                ParameterType.Float,
                value.ToString()
            ) ?? value,
            (ShapeKind.Boolean, JsonValueKind.String) => StartParameters.Typed(ParameterType.Boolean, value.ToString())
                ?? value,
            _ => value,
        };

    private JsonNode Value(JsonObject expression) =>
        Expression.KindOf(expression) switch
        {
            Expression.Get => Get(expression[Expression.Get]!.ToString()),
            Expression.Join => Join(expression[Expression.Join]!.AsObject()),
            _ => JsonGet(expression[Expression.JsonGet]!.AsObject()),
        };

    private JsonNode Get(string reference)
    {
        if (Expression.StepOf(reference) is var (step, path))
        {
            return PropertyPath.Parse(path).Find(Steps.GetValueOrDefault(step)?.Properties)?.DeepClone()
                ?? throw new StepFailedException($"Property reference [{reference}] has no value.");
        }

        var name = reference[(reference.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return reference.StartsWith("Parameters.", StringComparison.Ordinal) ? Parameter(name) : Variable(name);
    }

    private JsonNode Parameter(string name)
    {
        var declared = definition.Parameters[name];
        return execution.State.Parameters.GetValueOrDefault(name) is { } given
            ? StartParameters.Typed(declared.Type, given)!
            : declared.DefaultValue!.DeepClone();
    }

    private JsonValue Variable(string name) =>
        JsonValue.Create(
            name switch
            {
                "StartDateTime" => PipelineExecution.TextOf(execution.StartTime),
                "CurrentDateTime" => PipelineExecution.TextOf(now),
                "PipelineName" => execution.PipelineName,
                "PipelineArn" => execution.PipelineArn,
                "PipelineExecutionId" => execution.Id,
                "PipelineExecutionArn" => execution.Arn,
                _ => ResourceName ?? throw new StepFailedException($"Execution.{name} has no value in this step."),
            }
        );

    private JsonValue Join(JsonObject function) =>
        JsonValue.Create(
            string.Join(
                Tree.Text(Resolve(function["On"])) ?? "",
                function["Values"]!.AsArray().Select(value => TextOf(Resolve(value)!))
            )
        );

    private JsonNode JsonGet(JsonObject function)
    {
        var (file, path) = (FileOf(function), function["Path"]!.ToString());
        try
        {
            return PropertyPath.Parse(path).Find(Files[file])?.DeepClone()
                ?? throw new StepFailedException($"JsonGet found nothing at [{path}] in {file}.");
        }
        catch (FormatException exception)
        {
            throw new StepFailedException(exception.Message, exception);
        }
    }
}
