using System.Text.Json.Nodes;
using static Plumbline.Aws.Formats.Pipelines.DefinitionNodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>
/// Checks the shape of conditions. The SageMaker Python SDK and AWS's published schema write them differently; both
/// forms are valid.
/// </summary>
internal static class ConditionCheck
{
    public static void Run(JsonArray conditions)
    {
        foreach (var node in conditions)
        {
            RunOne(Object(node, "Conditions"));
        }
    }

    private static void RunOne(JsonObject condition)
    {
        var type = Text(condition["Type"], "Type");
        switch (type)
        {
            case "Equals" or "NotEquals":
            case "GreaterThan" or "GreaterThanOrEqualTo" or "LessThan" or "LessThanOrEqualTo":
                Require(condition, "LeftValue", "RightValue");
                break;
            case "In" or "NotIn" when condition.ContainsKey("In"):
                Require(condition, "Value", "In");
                Array(condition["In"], "In");
                break;
            case "In" or "NotIn":
                Require(condition, "QueryValue", "Values");
                Array(condition["Values"], "Values");
                break;
            case "Not":
                Require(condition, condition.ContainsKey("Expression") ? "Expression" : "Condition");
                RunOne(Object(condition["Condition"] ?? condition["Expression"], "Condition"));
                break;
            case "Or":
                Require(condition, "Conditions");
                Run(Array(condition["Conditions"], "Conditions"));
                break;
            default:
                throw PipelineDefinitionException.Unparsable($"Unknown condition type '{type}'.");
        }
    }

    private static void Require(JsonObject condition, params string[] members)
    {
        CheckKnown(condition, members.Append("Type"));
        if (members.FirstOrDefault(member => !condition.ContainsKey(member)) is { } missing)
        {
            throw PipelineDefinitionException.Unparsable($"'{missing}' is missing in a condition.");
        }
    }
}
