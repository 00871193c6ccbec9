using System.Text.Json.Nodes;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Conditions;

/// <summary>A condition of a condition step; all conditions of one step must hold.</summary>
public sealed class Condition
{
    private readonly JsonObject json;

    private Condition(string type, JsonObject members)
    {
        json = members;
        json.Insert(0, "Type", type);
    }

    /// <summary>True if both are equal; they must be of one type.</summary>
    public static Condition Equal(PipelineValue left, PipelineValue right) => Comparison("Equals", left, right);

    public static Condition Greater(PipelineValue left, PipelineValue right) => Comparison("GreaterThan", left, right);

    public static Condition GreaterOrEqual(PipelineValue left, PipelineValue right) =>
        Comparison("GreaterThanOrEqualTo", left, right);

    public static Condition Less(PipelineValue left, PipelineValue right) => Comparison("LessThan", left, right);

    public static Condition LessOrEqual(PipelineValue left, PipelineValue right) =>
        Comparison("LessThanOrEqualTo", left, right);

    /// <summary>True if the value is one of <paramref name="values"/>.</summary>
    public static Condition In(PipelineValue value, params IEnumerable<PipelineValue> values) =>
        new(
            "In",
            new JsonObject
            {
                ["QueryValue"] = value.ToJson(),
                ["Values"] = new JsonArray([.. values.Select(one => one.ToJson())]),
            }
        );

    public static Condition Not(Condition condition) =>
        new("Not", new JsonObject { ["Condition"] = condition.ToJson() });

    /// <summary>True if at least one of the conditions holds.</summary>
    public static Condition Or(params IEnumerable<Condition> conditions) =>
        new(
            "Or",
            new JsonObject { ["Conditions"] = new JsonArray([.. conditions.Select(condition => condition.ToJson())]) }
        );

    internal JsonNode ToJson() => json.DeepClone();

    private static Condition Comparison(string type, PipelineValue left, PipelineValue right) =>
        new(type, new JsonObject { ["LeftValue"] = left.ToJson(), ["RightValue"] = right.ToJson() });
}
