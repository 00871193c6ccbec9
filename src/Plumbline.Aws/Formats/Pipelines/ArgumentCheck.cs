using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;
using static Plumbline.Aws.Formats.Pipelines.DefinitionNodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>
/// Checks the arguments of steps against the input shape of their operation, and references against their targets.
/// </summary>
internal static class ArgumentCheck
{
    public static void Run(PipelineDefinition definition)
    {
        var references = new ReferenceTypes(definition);
        var service = ServiceModel.For("sagemaker");
        foreach (var step in definition.Steps.Values)
        {
            foreach (var reference in Expression.References(step.Arguments))
            {
                references.TypeOf(reference);
            }

            if (StepTypes.CreateOperation(step.Type) is { } operation)
            {
                Check(step.Arguments, service.Operations[operation].Input!, references, step.Name);
            }
            else if (step.Type == StepTypes.Condition)
            {
                CheckKnown(step.Arguments, ["Conditions"]);
                ConditionCheck.Run(Array(step.Arguments["Conditions"], "Conditions"));
            }
        }
    }

    private static void Check(JsonNode? node, Shape shape, ReferenceTypes references, string place)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                foreach (var (name, value) in Object(node, place))
                {
                    var member = shape.Members.TryGetValue(name, out var known)
                        ? known
                        : throw PipelineDefinitionException.Unparsable($"Unknown Argument member '{name}'.");
                    Check(value, member, references, name);
                }

                break;
            case ShapeKind.List:
                foreach (var item in Array(node, place))
                {
                    Check(item, shape.Member, references, place);
                }

                break;
            case ShapeKind.Map:
                foreach (var (_, value) in Object(node, place))
                {
                    Check(value, shape.Value, references, place);
                }

                break;
            default:
                CheckValue(node, shape, references, place);
                break;
        }
    }

    private static void CheckValue(JsonNode? node, Shape shape, ReferenceTypes references, string place)
    {
        var expression = Expression.KindOf(node);
        if (expression is null)
        {
            CheckLiteral(node, shape, place);
        }
        else if (expression == Expression.Get)
        {
            var reference = Text(node![Expression.Get], Expression.Get);
            if (!Takes(shape.Kind, references.TypeOf(reference)))
            {
                throw new PipelineDefinitionException(
                    $"Cannot assign property reference [{reference}] to argument of type [{shape.Kind}]."
                );
            }
        }
        else if (expression == Expression.Join && shape.Kind != ShapeKind.String)
        {
            throw new PipelineDefinitionException(
                $"Cannot assign function [Std:Join] to argument of type [{shape.Kind}]."
            );
        }
    }

    private static void CheckLiteral(JsonNode? node, Shape shape, string place)
    {
        var fits = (node?.GetValueKind(), shape.Kind) switch
        {
            (JsonValueKind.String, ShapeKind.String or ShapeKind.Timestamp or ShapeKind.Blob) => true,
            (JsonValueKind.Number, ShapeKind.Float or ShapeKind.Double or ShapeKind.Timestamp) => true,
            (JsonValueKind.Number, ShapeKind.Integer or ShapeKind.Long) => node.AsValue().TryGetValue<long>(out _),
            (JsonValueKind.True or JsonValueKind.False, ShapeKind.Boolean) => true,
            (_, ShapeKind.Document) => true,
            _ => false,
        };
        if (!fits)
        {
            throw PipelineDefinitionException.Unparsable(
                $"Model Validation failed: Value {node?.ToJsonString() ?? "null"} for '{place}' is not of type [{shape.Kind}]"
            );
        }

        if (shape.Enum.Count > 0 && !shape.Enum.Contains(node!.ToString()))
        {
            throw PipelineDefinitionException.Unparsable(
                $"Model Validation failed: Value '{node}' for '{shape.Name}' failed to satisfy enum value set: [{string.Join(", ", shape.Enum)}]"
            );
        }
    }

    private static bool Takes(ShapeKind argument, ShapeKind? value) =>
        (argument, value) switch
        {
            (_, null) => true,
            (ShapeKind.String, ShapeKind.String or ShapeKind.Timestamp) => true,
            (ShapeKind.Integer or ShapeKind.Long, ShapeKind.Integer or ShapeKind.Long) => true,
            (
                ShapeKind.Float
                    or ShapeKind.Double,
                ShapeKind.Float
                    or ShapeKind.Double
                    or ShapeKind.Integer
                    or ShapeKind.Long
            ) => true,
            _ => argument == value,
        };
}
