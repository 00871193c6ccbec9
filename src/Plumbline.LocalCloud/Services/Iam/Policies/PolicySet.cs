namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>The policies that apply to one request.</summary>
/// <param name="Identity">
/// The caller's policies; null if it may do everything that is not denied, as the account's root may.
/// </param>
/// <param name="Boundary">The most that the identity's policies can allow; null without a boundary.</param>
/// <param name="Resource">The policy of the resource; null without one.</param>
internal sealed record PolicySet(IReadOnlyList<Policy>? Identity, Policy? Boundary, Policy? Resource)
{
    /// <summary>True if the policy of the resource must allow it too, as a role's trust policy must.</summary>
    public bool IsTrust { get; init; }

    /// <summary>
    /// Returns the decision, and the kind of policy that made it. Policies of identity and resource add up, a boundary
    /// limits both unless the resource's policy names the session itself, and one Deny anywhere outweighs them.
    /// </summary>
    public (Decision Decision, PolicySource Source) Decide(AccessRequest asked)
    {
        var identity = Identity is null ? Decision.Allow : Policy.Decide(Identity, asked);
        var boundary = Boundary is null ? Decision.Allow : Policy.Decide([Boundary], asked);
        var resource = Of(Naming.Role, asked);
        if (resource == Decision.ExplicitDeny)
        {
            return (Decision.ExplicitDeny, PolicySource.Resource);
        }

        if (identity == Decision.ExplicitDeny || boundary == Decision.ExplicitDeny)
        {
            return (
                Decision.ExplicitDeny,
                identity == Decision.ExplicitDeny ? PolicySource.Identity : PolicySource.Boundary
            );
        }

        if (Of(Naming.Itself, asked) == Decision.Allow)
        {
            return (Decision.Allow, PolicySource.Resource);
        }

        var isGranted =
            resource == Decision.Allow
            || (identity == Decision.Allow && (!IsTrust || Of(Naming.Account, asked) == Decision.Allow));
        return !isGranted ? (Decision.ImplicitDeny, IsTrust ? PolicySource.Resource : PolicySource.Identity)
            : boundary != Decision.Allow ? (Decision.ImplicitDeny, PolicySource.Boundary)
            : (Decision.Allow, resource == Decision.Allow ? PolicySource.Resource : PolicySource.Identity);
    }

    private Decision Of(Naming least, AccessRequest asked) =>
        Resource is null ? Decision.ImplicitDeny : Policy.Decide([Resource], asked, least);
}

/// <summary>The kind of policy that decided.</summary>
internal enum PolicySource
{
    /// <summary>The role's own policies.</summary>
    Identity,

    /// <summary>The role's permissions boundary.</summary>
    Boundary,

    /// <summary>The policy of the resource: a bucket's policy, or a role's trust policy.</summary>
    Resource,
}
