using Plumbline.Aws.Models;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>Finds the targets of references, and their types.</summary>
internal sealed class ReferenceTypes(PipelineDefinition definition)
{
    private static readonly string[] ExecutionVariables =
    [
        "StartDateTime",
        "CurrentDateTime",
        "PipelineName",
        "PipelineArn",
        "PipelineExecutionId",
        "PipelineExecutionArn",
        "TrainingJobName",
        "ProcessingJobName",
    ];

    /// <summary>Returns the type of the value, or null if it is known only when the step runs.</summary>
    /// <exception cref="PipelineDefinitionException">
    /// The definition has no such step, parameter or variable.
    /// </exception>
    public ShapeKind? TypeOf(string reference)
    {
        if (Expression.StepOf(reference) is var (step, path))
        {
            return TypeOfProperty(definition.Steps[step], path, reference);
        }

        return reference.Split('.', 2) switch
        {
            ["Parameters", var name] when definition.Parameters.TryGetValue(name, out var parameter) => KindOf(
                parameter.Type
            ),
            ["Execution", var name] when ExecutionVariables.Contains(name) => ShapeKind.String,
            _ => throw Undefined(reference),
        };
    }

    private static ShapeKind? TypeOfProperty(StepDefinition step, string path, string reference)
    {
        if (step.Type == StepTypes.Condition)
        {
            return path == "Outcome" ? ShapeKind.Boolean : throw Undefined(reference);
        }

        if (
            StepTypes.DescribeOperation(step.Type) is not { } describe
            || path.StartsWith("PropertyFiles.", StringComparison.Ordinal)
        )
        {
            return null;
        }

        Shape? shape = ServiceModel.For("sagemaker").Operations[describe].Output!;
        foreach (var segment in Segments(path, reference))
        {
            shape = (shape.Kind, segment.Name, segment.Index) switch
            {
                (ShapeKind.Structure, { } name, _) => shape.Members.GetValueOrDefault(name),
                (ShapeKind.List, _, _) => shape.Member,
                (ShapeKind.Map, { }, _) => shape.Value,
                _ => null,
            };
            if (shape is null)
            {
                throw Undefined(reference);
            }
        }

        return shape.Kind;
    }

    private static IReadOnlyList<PathSegment> Segments(string path, string reference)
    {
        try
        {
            return PropertyPath.Parse(path).Segments;
        }
        catch (FormatException)
        {
            throw Undefined(reference);
        }
    }

    private static ShapeKind KindOf(ParameterType type) =>
        type switch
        {
            ParameterType.Integer => ShapeKind.Integer,
            ParameterType.Float => ShapeKind.Float,
            ParameterType.Boolean => ShapeKind.Boolean,
            _ => ShapeKind.String,
        };

    private static PipelineDefinitionException Undefined(string reference) =>
        new($"Property reference [{reference}] is undefined.");
}
