using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Pipelines.Conditions;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Steps;

/// <summary>A step that takes one of two branches. A step that depends on the other branch never runs.</summary>
/// <param name="Name"><inheritdoc cref="Step.Name"/></param>
public sealed record ConditionStep(string Name) : Step(Name)
{
    /// <summary>The conditions; all must hold.</summary>
    public required IReadOnlyList<Condition> Conditions { get; init; }

    /// <summary>The steps that run if all conditions hold.</summary>
    public IReadOnlyList<Step> IfSteps { get; init; } = [];

    /// <summary>The steps that run if a condition does not hold.</summary>
    public IReadOnlyList<Step> ElseSteps { get; init; } = [];

    /// <summary>The outcome: true or false.</summary>
    public StepProperty Outcome => Property("Outcome", text: false);

    private protected override string Type => StepTypes.Condition;

    private protected override JsonObject Arguments() =>
        new()
        {
            ["Conditions"] = new JsonArray([.. Conditions.Select(condition => condition.ToJson())]),
            ["IfSteps"] = new JsonArray([.. IfSteps.Select(step => step.ToJson())]),
            ["ElseSteps"] = new JsonArray([.. ElseSteps.Select(step => step.ToJson())]),
        };
}
