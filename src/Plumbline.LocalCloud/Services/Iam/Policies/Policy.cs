namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>A policy, read and checked.</summary>
/// <param name="Statements">The statements in the order of the document.</param>
internal sealed record Policy(IReadOnlyList<Statement> Statements)
{
    /// <summary>Decides by several policies together: one Deny outweighs every Allow.</summary>
    /// <param name="policies">Policies of one kind.</param>
    /// <param name="asked">The request.</param>
    /// <param name="least">
    /// How closely a resource's policy must name the caller to allow; a Deny holds for its whole account.
    /// </param>
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
