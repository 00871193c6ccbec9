namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>One statement of a policy.</summary>
/// <param name="Allows">Allow; else Deny.</param>
/// <param name="Principals">Of whom it speaks; null in the policy of an identity, which speaks of that one.</param>
/// <param name="Actions">Patterns of actions.</param>
/// <param name="Resources">Patterns of resources.</param>
/// <param name="Conditions">All have to hold.</param>
internal sealed record Statement(
    bool Allows,
    PrincipalList? Principals,
    PatternList Actions,
    PatternList Resources,
    IReadOnlyList<Condition> Conditions
)
{
    /// <summary>True where it speaks of what is asked.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="least">How closely an Allow must name who asks.</param>
    public bool AppliesTo(AccessRequest asked, Naming least) =>
        (Principals is null || Principals.Names(asked.Principal) >= (Allows ? least : Naming.Account))
        && Actions.TakeInAction(asked.Action)
        && Resources.TakeInResource(asked)
        && Conditions.All(condition => condition.Holds(asked));
}

/// <summary>The patterns of <c>Action</c> or <c>Resource</c>, or of their negations.</summary>
/// <param name="Patterns">With <c>*</c> and <c>?</c>; those of resources with policy variables too.</param>
/// <param name="Negated"><c>NotAction</c> or <c>NotResource</c>.</param>
internal sealed record PatternList(IReadOnlyList<string> Patterns, bool Negated)
{
    /// <summary>True where one of the patterns matches, or, negated, none does; actions are compared without case.</summary>
    public bool TakeInAction(string action) =>
        Negated != Patterns.Any(pattern => Wildcard.Matches(pattern, action, StringComparison.OrdinalIgnoreCase));

    /// <summary>True where one of the patterns matches, or, negated, none does.</summary>
    public bool TakeInResource(AccessRequest asked) =>
        Negated
        != Patterns.Any(pattern =>
            PolicyVariables.ExpandPattern(pattern, asked) is { } expanded && Wildcard.Matches(expanded, asked.Resource)
        );
}
