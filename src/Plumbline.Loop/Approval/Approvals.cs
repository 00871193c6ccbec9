using Plumbline.Loop.Deployment;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Records;

namespace Plumbline.Loop.Approval;

/// <summary>A person's or a policy's decision about a version.</summary>
public sealed class Approvals(LoopContext loop)
{
    private readonly ModelRegistry registry = new(loop);

    /// <summary>Approves a version; the package rule starts its deployment.</summary>
    /// <param name="version">Its number.</param>
    /// <param name="reason">Why; recorded with who and when.</param>
    /// <param name="who">Who, where it is not the caller: a policy.</param>
    /// <param name="evidence">The hash of the evidence that the decision rests on; null takes what is there now.</param>
    /// <param name="cancellationToken">Ends it before the decision is made.</param>
    /// <exception cref="UserError">There is no such version, or nothing to decide, or no evidence.</exception>
    public Task<ModelVersion> ApproveAsync(
        long version,
        string reason,
        string? who = null,
        string? evidence = null,
        CancellationToken cancellationToken = default
    ) => DecideAsync("approve", "Approved", version, reason, who, evidence, cancellationToken);

    /// <summary>Rejects a version; where it is in production, the one before comes back.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    public Task<ModelVersion> RejectAsync(
        long version,
        string reason,
        string? who = null,
        string? evidence = null,
        CancellationToken cancellationToken = default
    ) => DecideAsync("reject", "Rejected", version, reason, who, evidence, cancellationToken);

    private async Task<ModelVersion> DecideAsync(
        string what,
        string status,
        long number,
        string reason,
        string? who,
        string? seen,
        CancellationToken cancellationToken
    )
    {
        Decisions.CheckReason(reason);
        var version = await registry.GetAsync(number, cancellationToken);
        if (version.Status == status && await SettledAsync(version, cancellationToken) is { } settled)
        {
            throw new UserError($"version {number}", $"is {version.StatusText("already")}{settled}");
        }

        var evidence = await registry.EvidenceHashAsync(version, cancellationToken);
        if (evidence is null && status == "Approved")
        {
            throw new UserError(
                $"version {number}",
                "has no evaluation to decide on: it was not registered by the training pipeline"
            );
        }

        if (seen is not null && seen != evidence)
        {
            throw new UserError(
                $"version {number}",
                "its evidence is not what the decision was made on: look at it again, then decide"
            );
        }

        var act = await loop.History.BeginAsync(what, $"version {number}", reason, evidence, who, cancellationToken);
        return await new Decisions(loop).WriteAsync(
            act,
            version,
            status,
            $"Version {number} is {status}.",
            cancellationToken
        );
    }

    /// <summary>
    /// Null where a decision that was made before may be made again, for it was not carried out: a deployment was rolled
    /// back or failed, or a rejected version is still in production. Otherwise how it stands, to follow the reason.
    /// </summary>
    /// <param name="version">A version that is Approved or Rejected.</param>
    /// <param name="cancellationToken">Ends the looking up.</param>
    public async Task<string?> SettledAsync(ModelVersion version, CancellationToken cancellationToken = default)
    {
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var isLive = production?.PackageArn == version.Arn;
        if (version.Status == "Rejected")
        {
            return isLive && production!.Status == "InService" ? null : "";
        }

        var entries = await new Ledger(loop).ReadAsync(cancellationToken);
        var last = entries.LastOrDefault(entry => entry.PackageArn == version.Arn);
        return last switch
        {
            { Deployed: true } when isLive => " (it is in production)",
            { Deployed: true } =>
                $" (it was in production before: `plumb rollback {version.Version} --reason ...` goes back to it)",
            _ => await new BuildWaiter(loop, TimeProvider.System).IsDeployingAsync(version.Arn, cancellationToken)
                ? " (its deployment is in progress)"
                : null,
        };
    }
}
