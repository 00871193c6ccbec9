using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;

namespace Plumbline.Loop.Deployment;

/// <summary>Finds decisions that were made after the one that is about to be carried out.</summary>
internal sealed class LaterDecisions(LoopContext loop)
{
    private readonly EarlierVersions versions = new(loop);

    /// <summary>
    /// One sentence that says why a decision must not be carried out any more; null if it still stands.
    /// </summary>
    /// <param name="decided">The version that was approved or rejected, as it was then.</param>
    /// <param name="version">The version to deploy.</param>
    /// <param name="production">The stable endpoint.</param>
    public async Task<string?> AgainstAsync(
        ModelVersion decided,
        ModelVersion version,
        Production? production,
        CancellationToken cancellationToken
    )
    {
        if (await versions.FindAsync(decided.Arn, cancellationToken) is { } now && now.Status != decided.Status)
        {
            return $"Version {version.Version} is not deployed: version {decided.Version} is {now.Status} now.";
        }

        if (production?.PackageArn is not { } live || live == version.Arn || live == decided.Arn)
        {
            return null;
        }

        // Null if it was deleted from the registry; the decision then stands.
        var other = await versions.FindAsync(live, cancellationToken);
        return
            other is { Status: ModelApprovalStatus.Approved }
            && ApprovalId.IsLater(other, await new Ledger(loop).ReadAsync(cancellationToken), decided)
            ? $"Version {version.Version} is not deployed: version {other.Version} was chosen later and is in production."
            : null;
    }
}
