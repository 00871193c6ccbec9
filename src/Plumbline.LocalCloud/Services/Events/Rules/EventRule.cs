using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Events;

namespace Plumbline.LocalCloud.Services.Events.Rules;

/// <summary>A rule as it is stored.</summary>
/// <param name="Described">DescribeRule's answer.</param>
/// <param name="State">The part that other operations answer with, and the times of its schedule.</param>
internal sealed record EventRule(DescribeRuleResponse Described, EventRuleState State)
{
    public string Name => Described.Name!;

    public bool IsEnabled => Described.State != RuleState.Disabled;

    /// <summary>Its schedule expression; null if the rule has none or is disabled.</summary>
    public string? RunningSchedule => IsEnabled ? Described.ScheduleExpression : null;

    public IEnumerable<Target> Targets => State.Targets.Select(tree => new Target(tree));
}

/// <summary>The targets and the tags of a rule, and the times of its schedule.</summary>
internal sealed class EventRuleState : TagState
{
    /// <summary>The trees of the targets.</summary>
    public IReadOnlyList<JsonObject> Targets { get; set; } = [];

    /// <summary>The civil time when the schedule started; null without a schedule.</summary>
    public DateTimeOffset? ScheduleStart { get; set; }

    /// <summary>The civil time when the schedule last fired; null if it never did.</summary>
    public DateTimeOffset? LastFired { get; set; }
}
