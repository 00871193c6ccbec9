using System.Text.Json.Nodes;
using Plumbline.Loop.Registry;
using Plumbline.Records;

namespace Plumbline.Loop.Approval;

/// <summary>A person's or a policy's decision about a version.</summary>
public sealed class Approvals(LoopContext loop)
{
    private const int LongestReason = 1024;
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
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            throw new UserError(
                "--reason",
                $"say why, in 1 to {LongestReason} characters: it is kept with the decision"
            );
        }

        var version = await registry.GetAsync(number, cancellationToken);
        if (version.Status == status)
        {
            throw new UserError($"version {number}", $"is {version.StatusText("already")}");
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
        var input = new JsonObject
        {
            ["ModelPackageArn"] = version.Arn,
            ["ModelApprovalStatus"] = status,
            ["ApprovalDescription"] = reason,
        };
        await loop.History.DoAsync(
            act,
            () => loop.Clients.SageMaker.UpdateModelPackageAsync(input, cancellationToken),
            _ => ("done", $"Version {number} is {status}."),
            cancellationToken
        );
        return await registry.GetAsync(number, cancellationToken);
    }
}
