namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>A policy of an identity, read and checked.</summary>
/// <param name="Statements">In the order of the document.</param>
internal sealed record Policy(IReadOnlyList<Statement> Statements)
{
    /// <summary>What several policies say together: one Deny outweighs every Allow.</summary>
    public static Decision Decide(IEnumerable<Policy> policies, AccessRequest asked)
    {
        var decision = Decision.ImplicitDeny;
        foreach (var statement in policies.SelectMany(policy => policy.Statements))
        {
            if (statement.Allows && decision == Decision.Allow || !statement.AppliesTo(asked))
            {
                continue;
            }

            if (!statement.Allows)
            {
                return Decision.ExplicitDeny;
            }

            decision = Decision.Allow;
        }

        return decision;
    }
}
