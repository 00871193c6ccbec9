namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>A policy, read and checked.</summary>
/// <param name="Statements">In the order of the document.</param>
internal sealed record Policy(IReadOnlyList<Statement> Statements)
{
    /// <summary>What several policies say together: one Deny outweighs every Allow.</summary>
    /// <param name="policies">Of one kind.</param>
    /// <param name="asked">The request.</param>
    /// <param name="least">How closely an Allow of a resource's policy must name who asks; a Deny holds for its whole account.</param>
    public static Decision Decide(IReadOnlyList<Policy> policies, AccessRequest asked, Naming least = Naming.Account)
    {
        var decision = Decision.ImplicitDeny;
        foreach (var policy in policies)
        {
            foreach (var statement in policy.Statements)
            {
                if ((statement.Allows && decision == Decision.Allow) || !statement.AppliesTo(asked, least))
                {
                    continue;
                }

                if (!statement.Allows)
                {
                    return Decision.ExplicitDeny;
                }

                decision = Decision.Allow;
            }
        }

        return decision;
    }
}
