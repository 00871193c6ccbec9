using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Approval;

/// <summary>
/// The policy <c>approval: recommended</c>: approves the version that the comparison recommends, with the same checks
/// as a person's approval. The history names the commit that holds the policy.
/// </summary>
public sealed class RecommendedApproval(LoopContext loop)
{
    /// <summary>Decides about the versions that an execution registered; a second call approves nothing.</summary>
    /// <param name="executionArn">The execution of the training pipeline.</param>
    /// <param name="commit">The commit of the project description that holds the policy.</param>
    /// <param name="cancellationToken">Ends it before the decision is made.</param>
    /// <returns>One sentence: the approval, or why nothing was approved.</returns>
    public async Task<string> DecideAsync(string executionArn, string commit, CancellationToken cancellationToken)
    {
        if (loop.Project.Approval != ApprovalPolicy.Recommended)
        {
            return "A person approves: plumbline.yaml does not say `approval: recommended`.";
        }

        var registry = new ModelRegistry(loop);
        var all = await registry.ListAsync(cancellationToken);
        var versions = all.Where(version => version.GeneratedBy == executionArn).ToList();
        var comparison = await registry.ComparisonAsync(executionArn, cancellationToken);
        var role = comparison?.Recommended ?? "first";
        if (versions.LastOrDefault(version => version.Role == role) is not { } chosen)
        {
            return comparison?.Reason ?? $"{executionArn} registered no version.";
        }

        if (!chosen.IsPending)
        {
            return $"Version {chosen.Version} is {chosen.StatusText("already")}";
        }

        if (ModelRegistry.NewerThan(chosen, all) is { } newer)
        {
            return $"Version {chosen.Version} is superseded by version {newer.Version}.";
        }

        var reason = comparison?.Reason ?? chosen.StatusReason ?? "The first model.";
        await new Approvals(loop).ApproveAsync(
            chosen.Version,
            reason,
            who: $"policy@{commit}",
            cancellationToken: cancellationToken
        );
        return $"Version {chosen.Version} is Approved: {reason}";
    }
}
