using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;

namespace Plumbline.Loop.Approval;

/// <summary>
/// A person's decision that production goes back to an earlier version. The state of the live version does not matter;
/// the endpoint may even be deleted, as after <c>plumb aws destroy</c>.
/// </summary>
public sealed class Rollbacks(LoopContext loop)
{
    /// <summary>Approves an earlier version again; the rule for packages deploys it, without alarms.</summary>
    /// <param name="number">The version to go back to; null for the previous one that is still approved.</param>
    /// <param name="reason">The reason; it is recorded with the person and the time.</param>
    /// <param name="cancellationToken">Ends it before the decision is made.</param>
    /// <returns>The version that production goes back to.</returns>
    /// <exception cref="UserError">The version does not exist, or production cannot go back to it.</exception>
    public async Task<ModelVersion> GoBackAsync(
        long? number,
        string reason,
        CancellationToken cancellationToken = default
    )
    {
        Decisions.CheckReason(reason);
        var live = await new ProductionModel(loop).FindAsync(cancellationToken);
        var entries = await new Ledger(loop).ReadAsync(cancellationToken);
        var target = number is { } named
            ? await NamedAsync(named, entries, live, cancellationToken)
            : (await new EarlierVersions(loop).FindAsync(entries, live?.PackageArn, cancellationToken))?.Model
                ?? throw new UserError(
                    loop.Names.Endpoint,
                    "no earlier deployed version is still approved: approve another one (`plumb models`)"
                );
        var act = await loop.History.BeginAsync(
            "rollback",
            $"version {target.Version}",
            reason,
            await new ModelRegistry(loop).EvidenceHashAsync(target, cancellationToken),
            cancellationToken: cancellationToken
        );
        return await new Decisions(loop).WriteAsync(
            act,
            target,
            ModelApprovalStatus.Approved,
            live is null
                ? $"Version {target.Version} goes into production again."
                : $"Production goes back from version {live.Version ?? "unknown"} to version {target.Version}.",
            cancellationToken
        );
    }

    private async Task<ModelVersion> NamedAsync(
        long number,
        IReadOnlyList<LedgerEntry> entries,
        Production? live,
        CancellationToken cancellationToken
    )
    {
        var version = await new ModelRegistry(loop).GetAsync(number, cancellationToken);
        var wrong =
            version.Arn == live?.PackageArn ? "is in production"
            : version.Status != ModelApprovalStatus.Approved
                ? $"is {version.Status}: `plumb approve {number} --reason ...` deploys it"
            : entries.Any(entry => entry.Deployed && entry.PackageArn == version.Arn) ? null
            : $"was never in production: `plumb approve {number} --reason ...` deploys it";
        return wrong is null ? version : throw new UserError($"version {number}", wrong);
    }
}
