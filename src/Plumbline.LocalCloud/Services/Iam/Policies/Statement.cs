namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>One statement of a policy.</summary>
/// <param name="Allows">True for Allow, false for Deny.</param>
/// <param name="Principals">
/// The principals that it applies to; null in an identity's policy, which applies to that one.
/// </param>
/// <param name="Actions">Patterns of actions.</param>
/// <param name="Resources">Patterns of resources.</param>
/// <param name="Conditions">The conditions, which must all hold.</param>
internal sealed record Statement(
    bool Allows,
    PrincipalList? Principals,
    PatternList Actions,
    PatternList Resources,
    IReadOnlyList<PolicyCondition> Conditions
)
{
    /// <summary>True if it applies to the request.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="least">How closely an Allow must name the caller.</param>
    public bool AppliesTo(AccessRequest asked, Naming least) =>
        (Principals is null || Principals.Names(asked.Principal) >= (Allows ? least : Naming.Account))
        && Actions.TakeInAction(asked.Action)
        && Resources.TakeInResource(asked)
        && Conditions.All(condition => condition.Holds(asked));
}

/// <summary>The patterns of <c>Action</c> or <c>Resource</c>, or of their negations.</summary>
/// <param name="Patterns">
/// Patterns with <c>*</c> and <c>?</c>; those of resources may have policy variables too.
/// </param>
/// <param name="Negated">True for <c>NotAction</c> or <c>NotResource</c>.</param>
internal sealed record PatternList(IReadOnlyList<string> Patterns, bool Negated)
{
    /// <summary>
    /// True if one of the patterns matches, or, negated, none does; case does not matter for actions.
    /// </summary>
    public bool TakeInAction(string action) =>
        Negated != Patterns.Any(pattern => Wildcard.Matches(pattern, action, StringComparison.OrdinalIgnoreCase));

    /// <summary>True if one of the patterns matches, or, negated, none does.</summary>
    public bool TakeInResource(AccessRequest asked) =>
        Negated
        != Patterns.Any(pattern =>
            PolicyVariables.ExpandPattern(pattern, asked) is { } expanded && Wildcard.Matches(expanded, asked.Resource)
        );
}
