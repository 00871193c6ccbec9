using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;

namespace Plumbline.Loop.Deployment;

/// <summary>The result of a deployment.</summary>
/// <param name="Outcome">deployed, rolledBack, failed, or nothing if there was nothing to do.</param>
/// <param name="Detail">The result in one sentence.</param>
public sealed record DeploymentResult(string Outcome, string Detail)
{
    /// <summary>True if production matches the registry.</summary>
    public bool Succeeded => Outcome is "deployed" or "nothing";
}

/// <summary>
/// Makes production match the registry. Events about a package may come twice, late, and for any change of it, so this
/// reads the package, the ledger and the endpoint, and does only what is still missing.
/// </summary>
public sealed class Deployer(LoopContext loop, TimeProvider time)
{
    private const string What = "deploy";

    private readonly Ledger ledger = new(loop);
    private readonly ModelRegistry registry = new(loop);
    private readonly EndpointArtifacts artifacts = new(loop);
    private readonly EndpointWaiter waiter = new(loop, time);
    private readonly EarlierVersions earlier = new(loop);
    private readonly LaterDecisions later = new(loop);

    /// <summary>Reconciles production with a package.</summary>
    public async Task<DeploymentResult> ReconcileAsync(string packageArn, CancellationToken cancellationToken)
    {
        var version = await registry.DescribeAsync(packageArn, cancellationToken);
        var entries = await ledger.ReadAsync(cancellationToken);
        await CloseCutOffAsync(entries, cancellationToken);
        var production = await waiter.SettledAsync(cancellationToken);
        var isLive =
            production?.PackageArn == version.Arn
            || await WasLeftAsync(version, entries, production, cancellationToken);
        return version.Status switch
        {
            ModelApprovalStatus.Approved => await ApprovedAsync(version, entries, production, cancellationToken),
            ModelApprovalStatus.Rejected when production is not null && isLive => await GoBackAsync(
                version,
                entries,
                cancellationToken
            ),
            _ => new DeploymentResult(
                "nothing",
                $"Version {version.Version} is {version.Status} and not in production."
            ),
        };
    }

    /// <summary>
    /// True if production went back from a version, but the deployment ended before it wrote the ledger: the version is
    /// the ledger's last, and the version before it is live.
    /// </summary>
    private async Task<bool> WasLeftAsync(
        ModelVersion version,
        IReadOnlyList<LedgerEntry> entries,
        Production? production,
        CancellationToken cancellationToken
    ) =>
        LastDeployed(entries)?.PackageArn == version.Arn
        && await earlier.FindAsync(entries, version.Arn, cancellationToken) is { } before
        && before.EndpointConfig == production?.EndpointConfig;

    private async Task<DeploymentResult> ApprovedAsync(
        ModelVersion version,
        IReadOnlyList<LedgerEntry> entries,
        Production? production,
        CancellationToken cancellationToken
    )
    {
        if (ApprovalId.CarriedOut(version, entries) is { } done)
        {
            return new DeploymentResult(
                "nothing",
                $"Version {version.Version}: this approval was carried out before ({done.Outcome})."
            );
        }

        if (await later.AgainstAsync(version, version, production, cancellationToken) is { } against)
        {
            return new DeploymentResult("nothing", against);
        }

        if (
            version.Decision.StartsWith(ApprovalId.GoesBack, StringComparison.Ordinal)
            && entries.LastOrDefault(entry => entry.Deployed && entry.PackageArn == version.Arn) is { } then
        )
        {
            return await DeployAsync(
                version,
                version,
                then.EndpointConfig,
                $"rollback: {version.StatusReason}",
                isGuarded: false,
                cancellationToken
            );
        }

        // A version in production that is missing in the ledger was deployed by a run that was cut off: complete it.
        return
            production is { Status: EndpointStatus.InService }
            && production.EndpointConfig == artifacts.ConfigName(version)
            && LastDeployed(entries)?.EndpointConfig == production.EndpointConfig
            ? new DeploymentResult("nothing", $"Version {version.Version} is in production.")
            : await DeployAsync(
                version,
                version,
                await artifacts.MakeAsync(version, cancellationToken),
                $"approved: {version.StatusReason}",
                isGuarded: true,
                cancellationToken
            );
    }

    private async Task<DeploymentResult> GoBackAsync(
        ModelVersion rejected,
        IReadOnlyList<LedgerEntry> entries,
        CancellationToken cancellationToken
    )
    {
        if (await earlier.FindAsync(entries, rejected.Arn, cancellationToken) is { } before)
        {
            return await DeployAsync(
                rejected,
                before.Model,
                before.EndpointConfig,
                $"version {rejected.Version} was rejected: {rejected.StatusReason}",
                isGuarded: false,
                cancellationToken
            );
        }

        return new DeploymentResult(
            "failed",
            $"Version {rejected.Version} was rejected, and no earlier deployed version is still approved: it stays in production. Approve another version."
        );
    }

    private async Task<DeploymentResult> DeployAsync(
        ModelVersion decided,
        ModelVersion version,
        string config,
        string why,
        bool isGuarded,
        CancellationToken cancellationToken
    )
    {
        var act =
            await loop.History.FindOpenAsync(What, SubjectOf(version.Version), cancellationToken)
            ?? await loop.History.BeginAsync(
                What,
                SubjectOf(version.Version),
                why,
                cancellationToken: cancellationToken
            );
        return await loop.History.DoAsync(
            act,
            () => CarryOutAsync(decided, version, config, isGuarded, cancellationToken),
            result => (result.Outcome, result.Detail),
            cancellationToken
        );
    }

    private async Task<DeploymentResult> CarryOutAsync(
        ModelVersion decided,
        ModelVersion version,
        string config,
        bool isGuarded,
        CancellationToken cancellationToken
    )
    {
        DeploymentResult result;
        try
        {
            string? against = null;
            var after = await new EndpointUpdate(loop, waiter).MoveAsync(
                config,
                isGuarded,
                async atRest =>
                    (against = await later.AgainstAsync(decided, version, atRest, cancellationToken)) is null,
                cancellationToken
            );
            if (against is not null)
            {
                return new DeploymentResult("nothing", against);
            }

            result = await JudgeAsync(version, config, after, cancellationToken);
        }
        catch (AwsException refusal) when (refusal.Status is >= 400 and < 500 && !IsThrottling(refusal))
        {
            // A refusal is an outcome; another approval tries the version again.
            result = new DeploymentResult("failed", $"Version {version.Version}: {refusal.Code}: {refusal.Message}");
        }

        await ledger.AddAsync(await EntryAsync(version, config, result, cancellationToken), cancellationToken);
        return result;
    }

    private static bool IsThrottling(AwsException refusal) =>
        refusal.Code.Contains("Throttl", StringComparison.Ordinal) || refusal.Status == 429;

    /// <summary>InService alone is not a success: after a rollback the old configuration is in service.</summary>
    private async Task<DeploymentResult> JudgeAsync(
        ModelVersion version,
        string config,
        Production? after,
        CancellationToken cancellationToken
    ) =>
        after switch
        {
            { Status: EndpointStatus.InService } when after.EndpointConfig == config => await new EndpointProbe(
                loop
            ).FailureAsync(version, cancellationToken)
                is { } failure
                ? new DeploymentResult(
                    "failed",
                    $"Version {version.Version} is in production ({config}) but does not answer: {failure} "
                        + "Reject it to bring back the previous version."
                )
                : new DeploymentResult("deployed", InProduction(version.Version, config)),
            { Status: EndpointStatus.InService } => new DeploymentResult(
                "rolledBack",
                $"Version {version.Version} was rolled back to {after.EndpointConfig}: {after.FailureReason ?? "an alarm went off"}"
            ),
            _ => new DeploymentResult(
                "failed",
                $"Version {version.Version}: {after?.FailureReason ?? "the endpoint is gone"}"
            ),
        };

    private static string InProduction(long version, string config) =>
        $"Version {version} is in production ({config}).";

    private static string SubjectOf(long version) => $"version {version}";

    private static LedgerEntry? LastDeployed(IReadOnlyList<LedgerEntry> entries) =>
        entries.LastOrDefault(entry => entry.Deployed);

    /// <summary>Ends the act of a run that was cut off after it had written its ledger entry.</summary>
    private async Task CloseCutOffAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        if (
            entries is [.., var last]
            && await loop.History.FindOpenAsync(What, SubjectOf(last.Version), cancellationToken) is { } act
            && act.Time <= last.Time
        )
        {
            var detail = last.Detail ?? InProduction(last.Version, last.EndpointConfig);
            await loop.History.EndAsync(act, last.Outcome, detail, cancellationToken);
        }
    }

    private async Task<LedgerEntry> EntryAsync(
        ModelVersion version,
        string config,
        DeploymentResult result,
        CancellationToken cancellationToken
    ) =>
        new(
            ApprovalId.Of(version),
            version.Arn,
            version.Version,
            config,
            result.Outcome,
            result.Succeeded ? null : result.Detail,
            await loop.Clock.NowAsync(cancellationToken),
            version.StatusReason,
            version.DataSetVersion,
            version.Commit
        );
}
