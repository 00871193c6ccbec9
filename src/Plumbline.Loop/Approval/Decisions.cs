using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;

namespace Plumbline.Loop.Approval;

/// <summary>Writes decisions about versions into the registry; the rule for packages starts their deployment.</summary>
internal sealed class Decisions(LoopContext loop)
{
    private const int LongestReason = 1024;

    /// <exception cref="UserError">The reason is missing or too long.</exception>
    public static void CheckReason(string reason)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            throw new UserError(
                "--reason",
                $"say why, in 1 to {LongestReason} characters: it is kept with the decision"
            );
        }
    }

    /// <summary>Writes a decision whose act is in the history, and then the act's outcome.</summary>
    /// <param name="act">The act. The package names it, which distinguishes this decision from an earlier one.</param>
    /// <param name="version">The version before the decision.</param>
    /// <param name="status">Approved or Rejected.</param>
    /// <param name="detail">The decision in one sentence.</param>
    /// <param name="cancellationToken">Ends it before the decision is made.</param>
    /// <returns>The version after the decision.</returns>
    public async Task<ModelVersion> WriteAsync(
        HistoryAct act,
        ModelVersion version,
        string status,
        string detail,
        CancellationToken cancellationToken
    )
    {
        await loop.History.DoAsync(
            act,
            async () =>
            {
                if (version.Status == status)
                {
                    // An event names only the fields that changed, and the status must be among them.
                    await UpdateAsync(version, ModelApprovalStatus.PendingManualApproval, act, cancellationToken);
                }

                await UpdateAsync(version, status, act, cancellationToken);
                return detail;
            },
            _ => ("done", detail),
            cancellationToken
        );
        return await new ModelRegistry(loop).DescribeAsync(version.Arn, cancellationToken);
    }

    private Task UpdateAsync(
        ModelVersion version,
        string status,
        HistoryAct act,
        CancellationToken cancellationToken
    ) =>
        loop.Clients.SageMaker.UpdateModelPackageAsync(
            new JsonObject
            {
                ["ModelPackageArn"] = version.Arn,
                ["ModelApprovalStatus"] = status,
                ["ApprovalDescription"] = act.Why,
                ["CustomerMetadataProperties"] = new JsonObject
                {
                    [ModelMetadata.Decision] = $"{act.What}:{act.Id}:{ModelMetadata.HashOf(act.Why)}",
                },
            },
            cancellationToken
        );
}
