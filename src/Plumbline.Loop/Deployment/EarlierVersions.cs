using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;

namespace Plumbline.Loop.Deployment;

/// <summary>A version that was in production, with its endpoint configuration of that time.</summary>
public sealed record EarlierVersion(ModelVersion Model, string EndpointConfig);

/// <summary>The versions that production can go back to.</summary>
public sealed class EarlierVersions(LoopContext loop)
{
    /// <summary>The newest deployed version before the live one that is still approved, or null.</summary>
    /// <param name="entries">The ledger.</param>
    /// <param name="live">The ARN of the version in production; null if it is not in the registry.</param>
    public async Task<EarlierVersion?> FindAsync(
        IReadOnlyList<LedgerEntry> entries,
        string? live,
        CancellationToken cancellationToken
    )
    {
        foreach (var entry in Line(entries).Reverse().Where(entry => entry.PackageArn != live))
        {
            if (
                await FindAsync(entry.PackageArn, cancellationToken) is
                { Status: ModelApprovalStatus.Approved } approved
            )
            {
                return new EarlierVersion(approved, entry.EndpointConfig);
            }
        }

        return null;
    }

    /// <summary>
    /// The deployed versions in the order of their deployments, without those that production went back from: going
    /// back twice goes back two versions, and does not return to the first one.
    /// </summary>
    internal static IReadOnlyList<LedgerEntry> Line(IReadOnlyList<LedgerEntry> entries)
    {
        var line = new List<LedgerEntry>();
        var seen = new HashSet<string>();
        foreach (var entry in entries.Where(entry => entry.Deployed))
        {
            var isNew =
                seen.Add(entry.Approval) && !entry.Approval.Contains(ApprovalId.GoesBack, StringComparison.Ordinal);
            var at = line.FindLastIndex(earlier => earlier.PackageArn == entry.PackageArn);
            if (at >= 0)
            {
                line.RemoveRange(at, isNew ? 1 : line.Count - at);
            }

            line.Add(entry);
        }

        return line;
    }

    /// <summary>A version; null where it was deleted.</summary>
    internal async Task<ModelVersion?> FindAsync(string arn, CancellationToken cancellationToken)
    {
        try
        {
            return await new ModelRegistry(loop).DescribeAsync(arn, cancellationToken);
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            return null;
        }
    }
}
