using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Pushing;
using Plumbline.Loop.Registry;
using Plumbline.Records;

namespace Plumbline.Loop.Approval;

/// <summary>A person's or a policy's decision about a version.</summary>
public sealed class Approvals(LoopContext loop)
{
    private readonly ModelRegistry registry = new(loop);

    /// <summary>Approves a version; the EventBridge rule for packages starts its deployment.</summary>
    /// <param name="version">The version's number.</param>
    /// <param name="reason">The reason; it is recorded with the person and the time.</param>
    /// <param name="who">The policy that decides; null for the caller.</param>
    /// <param name="evidence">The hash of the evidence that the decider saw; null takes the current evidence.</param>
    /// <param name="despite">The newer candidate that the decider saw; null if the decider saw none.</param>
    /// <param name="cancellationToken">Ends it before the decision is made.</param>
    /// <exception cref="UserError">
    /// The version is missing, is decided already, has no evidence, or is older than a candidate that the decider has not
    /// seen.
    /// </exception>
    public Task<ModelVersion> ApproveAsync(
        long version,
        string reason,
        string? who = null,
        string? evidence = null,
        long? despite = null,
        CancellationToken cancellationToken = default
    ) =>
        DecideAsync(
            "approve",
            ModelApprovalStatus.Approved,
            version,
            reason,
            who,
            evidence,
            despite,
            cancellationToken
        );

    /// <summary>Rejects a version; if it is in production, the previous one comes back.</summary>
    /// <param name="version">The version's number.</param>
    /// <param name="reason">The reason; it is recorded with the person and the time.</param>
    /// <param name="who">The policy that decides; null for the caller.</param>
    /// <param name="evidence">The hash of the evidence that the decider saw; null takes the current evidence.</param>
    /// <param name="cancellationToken">Ends it before the decision is made.</param>
    /// <exception cref="UserError">The version is missing or is decided already.</exception>
    public Task<ModelVersion> RejectAsync(
        long version,
        string reason,
        string? who = null,
        string? evidence = null,
        CancellationToken cancellationToken = default
    ) => DecideAsync("reject", ModelApprovalStatus.Rejected, version, reason, who, evidence, null, cancellationToken);

    private async Task<ModelVersion> DecideAsync(
        string what,
        string status,
        long number,
        string reason,
        string? who,
        string? seen,
        long? despite,
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
        if (evidence is null && status == ModelApprovalStatus.Approved)
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
                "its evidence has changed since you saw it: look at it again, then decide"
            );
        }

        var newer =
            status == ModelApprovalStatus.Approved
                ? ModelRegistry.NewerThan(version, await registry.ListAsync(cancellationToken))
                : null;
        if (newer is not null && newer.Version != despite)
        {
            throw new UserError(
                $"version {number}",
                $"{ModelRegistry.OlderThan(newer)}: look at that one (`plumb models`), or add `--despite {newer.Version}` to approve version {number} all the same"
            );
        }

        var act = await loop.History.BeginAsync(what, $"version {number}", reason, evidence, who, cancellationToken);
        return await new Decisions(loop).WriteAsync(
            act,
            version,
            status,
            $"Version {number} is {status}{(newer is null ? "" : $", although version {newer.Version} is newer")}.",
            cancellationToken
        );
    }

    /// <summary>
    /// Null if an earlier decision may be made again because it was not carried out: the deployment was rolled back or
    /// failed, or the rejected version is still in production. Otherwise a note for the end of the error message.
    /// </summary>
    /// <param name="version">A version that is Approved or Rejected.</param>
    public async Task<string?> SettledAsync(ModelVersion version, CancellationToken cancellationToken = default)
    {
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var isLive = production?.PackageArn == version.Arn;
        if (version.Status == ModelApprovalStatus.Rejected)
        {
            return isLive && production!.Status == EndpointStatus.InService ? null : "";
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
