using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;

/// <summary>Evaluates the conditions of a condition step.</summary>
internal static class Conditions
{
    /// <summary>Returns true if all conditions are true.</summary>
    /// <exception cref="StepFailedException">Two values cannot be compared.</exception>
    public static bool Hold(JsonArray conditions, Evaluation evaluation) =>
        conditions.All(condition => Holds(condition!.AsObject(), evaluation));

    private static bool Holds(JsonObject condition, Evaluation evaluation)
    {
        var type = condition["Type"]!.ToString();
        return type switch
        {
            "Not" => !Holds((condition["Condition"] ?? condition["Expression"])!.AsObject(), evaluation),
            "Or" => condition["Conditions"]!.AsArray().Any(one => Holds(one!.AsObject(), evaluation)),
            "In" => IsIn(condition, evaluation),
            "NotIn" => !IsIn(condition, evaluation),
            _ => Compares(type, Value("LeftValue"), Value("RightValue")),
        };

        JsonNode? Value(string side) => evaluation.Resolve(condition[side]);
    }

    // The SDK writes QueryValue and Values; AWS's published schema has Value and In.
    private static bool IsIn(JsonObject condition, Evaluation evaluation)
    {
        var value = evaluation.Resolve(condition["QueryValue"] ?? condition["Value"]);
        var values = evaluation.Resolve(condition["Values"] ?? condition["In"])!.AsArray();
        return values.Any(one => KindOf(one) == KindOf(value) && Order(value!, one!) == 0);
    }

    private static bool Compares(string type, JsonNode? left, JsonNode? right)
    {
        (left, right) = AlikeNumbers(left, right);
        if (left is null || right is null || KindOf(left) != KindOf(right))
        {
            throw new StepFailedException(
                $"LeftValue [{left}] and RightValue [{right}] of condition {type} are not of the same type."
            );
        }

        var order = Order(left, right);
        return type switch
        {
            "Equals" => order == 0,
            "NotEquals" => order != 0,
            "GreaterThan" => order > 0,
            "GreaterThanOrEqualTo" => order >= 0,
            "LessThan" => order < 0,
            _ => order <= 0,
        };
    }

    // A text that is a number (a string parameter, a value in a property file) is compared with a number as a number.
    private static (JsonNode?, JsonNode?) AlikeNumbers(JsonNode? left, JsonNode? right) =>
        (KindOf(left), KindOf(right)) switch
        {
            ("number", "text") => (left, StartParameters.Typed(ParameterType.Float, right!.ToString()) ?? right),
            ("text", "number") => (StartParameters.Typed(ParameterType.Float, left!.ToString()) ?? left, right),
            _ => (left, right),
        };

    private static string KindOf(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            JsonValueKind.Number => "number",
            JsonValueKind.String => "text",
            JsonValueKind.True or JsonValueKind.False => "truth",
            _ => "other",
        };

    private static int Order(JsonNode left, JsonNode right) =>
        KindOf(left) switch
        {
            "number" => Tree.Double(left)!.Value.CompareTo(Tree.Double(right)!.Value),
            "truth" => left.GetValue<bool>().CompareTo(right.GetValue<bool>()),
            _ => string.CompareOrdinal(left.ToString(), right.ToString()),
        };
}
