namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>One statement of a policy.</summary>
/// <param name="Allows">Allow; else Deny.</param>
/// <param name="Actions">Patterns of actions.</param>
/// <param name="Resources">Patterns of resources.</param>
/// <param name="Conditions">All have to hold.</param>
internal sealed record Statement(
    bool Allows,
    PatternList Actions,
    PatternList Resources,
    IReadOnlyList<Condition> Conditions
)
{
    /// <summary>True where it speaks of what is asked.</summary>
    public bool AppliesTo(AccessRequest asked) =>
        Actions.TakesIn(asked.Action, asked, StringComparison.OrdinalIgnoreCase)
        && Resources.TakesIn(asked.Resource, asked, StringComparison.Ordinal)
        && Conditions.All(condition => condition.Holds(asked));
}

/// <summary>The patterns of <c>Action</c> or <c>Resource</c>, or of their negations.</summary>
/// <param name="Patterns">With <c>*</c>, <c>?</c> and policy variables.</param>
/// <param name="Negated"><c>NotAction</c> or <c>NotResource</c>.</param>
internal sealed record PatternList(IReadOnlyList<string> Patterns, bool Negated)
{
    /// <summary>True where one of the patterns matches, or, negated, none does.</summary>
    public bool TakesIn(string text, AccessRequest asked, StringComparison comparison) =>
        Negated
        != Patterns.Any(pattern =>
            PolicyVariables.ExpandPattern(pattern, asked) is { } expanded
            && Wildcard.Matches(expanded, text, comparison)
        );
}
