using Plumbline.Loop.Registry;

namespace Plumbline.Loop.Deployment;

/// <summary>Decisions that were made after one which is about to be carried out.</summary>
internal sealed class LaterDecisions(LoopContext loop)
{
    private readonly EarlierVersions versions = new(loop);

    /// <summary>The reason, in one sentence, why a decision is no longer to be carried out; null where it still is.</summary>
    /// <param name="decided">The version that was approved or rejected, as it was then.</param>
    /// <param name="version">The version that is to come into production.</param>
    /// <param name="production">The endpoint at rest.</param>
    /// <param name="cancellationToken">Ends the looking up.</param>
    public async Task<string?> AgainstAsync(
        ModelVersion decided,
        ModelVersion version,
        Production? production,
        CancellationToken cancellationToken
    )
    {
        if (await versions.FindAsync(decided.Arn, cancellationToken) is { } now && now.Status != decided.Status)
        {
            return $"Version {version.Version}: version {decided.Version} is {now.Status} by now.";
        }

        if (production?.PackageArn is not { } live || live == version.Arn || live == decided.Arn)
        {
            return null;
        }

        // Null where it was deleted from the registry: nothing speaks against the decision then.
        var other = await versions.FindAsync(live, cancellationToken);
        return
            other is { Status: "Approved" }
            && ApprovalId.IsLater(other, await new Ledger(loop).ReadAsync(cancellationToken), decided)
            ? $"Version {version.Version}: version {other.Version} was chosen later, and is in production."
            : null;
    }
}
