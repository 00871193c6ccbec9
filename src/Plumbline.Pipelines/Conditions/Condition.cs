using System.Text.Json.Nodes;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Conditions;

/// <summary>What a condition step asks; several in one step must all hold.</summary>
public sealed class Condition
{
    private readonly JsonObject json;

    private Condition(string type, JsonObject members)
    {
        json = members;
        json.Insert(0, "Type", type);
    }

    /// <summary>Whether both are the same; they must be of one type.</summary>
    public static Condition Equal(PipelineValue left, PipelineValue right) => Comparison("Equals", left, right);

    /// <summary>Whether left is greater.</summary>
    public static Condition Greater(PipelineValue left, PipelineValue right) => Comparison("GreaterThan", left, right);

    /// <summary>Whether left is greater or the same.</summary>
    public static Condition GreaterOrEqual(PipelineValue left, PipelineValue right) =>
        Comparison("GreaterThanOrEqualTo", left, right);

    /// <summary>Whether left is less.</summary>
    public static Condition Less(PipelineValue left, PipelineValue right) => Comparison("LessThan", left, right);

    /// <summary>Whether left is less or the same.</summary>
    public static Condition LessOrEqual(PipelineValue left, PipelineValue right) =>
        Comparison("LessThanOrEqualTo", left, right);

    /// <summary>Whether the value is one of some.</summary>
    public static Condition In(PipelineValue value, params IEnumerable<PipelineValue> values) =>
        new(
            "In",
            new JsonObject
            {
                ["QueryValue"] = value.ToJson(),
                ["Values"] = new JsonArray([.. values.Select(one => one.ToJson())]),
            }
        );

    /// <summary>Whether the condition does not hold.</summary>
    public static Condition Not(Condition condition) =>
        new("Not", new JsonObject { ["Condition"] = condition.ToJson() });

    /// <summary>Whether at least one of the conditions holds.</summary>
    public static Condition Or(params IEnumerable<Condition> conditions) =>
        new(
            "Or",
            new JsonObject { ["Conditions"] = new JsonArray([.. conditions.Select(condition => condition.ToJson())]) }
        );

    internal JsonNode ToJson() => json.DeepClone();

    private static Condition Comparison(string type, PipelineValue left, PipelineValue right) =>
        new(type, new JsonObject { ["LeftValue"] = left.ToJson(), ["RightValue"] = right.ToJson() });
}
