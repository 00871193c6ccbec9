using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;
using Plumbline.Loop.Pushing;
using Plumbline.Records;

namespace Plumbline.Loop.Deployment;

/// <summary>One deployment, or one attempt.</summary>
/// <param name="Approval">The approval that it carried out, see <see cref="ApprovalId"/>.</param>
/// <param name="PackageArn">The version's ARN.</param>
/// <param name="Version">The version's number.</param>
/// <param name="EndpointConfig">The endpoint configuration of the deployment.</param>
/// <param name="Outcome">deployed, rolledBack or failed.</param>
/// <param name="Detail">The reason if the outcome is not deployed.</param>
/// <param name="Time">The cloud's time, UTC.</param>
/// <param name="Reason">The reason of the approval.</param>
/// <param name="DataSetVersion">The data set that the model was trained on.</param>
/// <param name="Commit">The commit that the model was made from.</param>
public sealed record LedgerEntry(
    string Approval,
    string PackageArn,
    long Version,
    string EndpointConfig,
    string Outcome,
    string? Detail,
    DateTimeOffset Time,
    string? Reason,
    string DataSetVersion,
    string Commit
)
{
    /// <summary>True if the version went into production.</summary>
    public bool Deployed => Outcome == "deployed";
}

/// <summary>
/// The deployments of a project: <c>ledger.json</c> on the branch <c>production</c> of its repository, a branch whose
/// commits start no build.
/// </summary>
public sealed class Ledger(LoopContext loop)
{
    private const string File = "ledger.json";
    private const int Attempts = 5;

    private readonly SourceRepository repository = new(loop);

    /// <summary>All entries, oldest first.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(CancellationToken cancellationToken = default)
    {
        var tip = await repository.TipAsync(LoopNames.LedgerBranch, cancellationToken);
        return tip is null ? [] : await ReadAsync(tip, cancellationToken);
    }

    /// <summary>Commits another entry, unless it is in the ledger already.</summary>
    public async Task AddAsync(LedgerEntry entry, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var tip =
                await repository.TipAsync(LoopNames.LedgerBranch, cancellationToken)
                ?? await BranchAsync(cancellationToken);
            var entries = tip is null ? [] : await ReadAsync(tip, cancellationToken);
            if (entries.Contains(entry))
            {
                // An earlier attempt committed it, and its answer was lost.
                return;
            }

            try
            {
                await CommitAsync(tip, [.. entries, entry], entry, cancellationToken);
                return;
            }
            catch (AwsException moved)
                when (moved.Code is "ParentCommitIdOutdatedException" or "ParentCommitIdRequiredException"
                    && attempt < Attempts
                )
            {
                // Another deployment was recorded meanwhile: put this one after it.
            }
        }
    }

    private async Task CommitAsync(
        string? tip,
        IReadOnlyList<LedgerEntry> entries,
        LedgerEntry entry,
        CancellationToken cancellationToken
    )
    {
        var text = RecordJson.WriteDocument(entries);
        var commit = new JsonObject
        {
            ["repositoryName"] = loop.Names.Repository,
            ["branchName"] = LoopNames.LedgerBranch,
            ["authorName"] = "plumb deploy",
            ["commitMessage"] = $"Version {entry.Version} {entry.Outcome}",
            ["putFiles"] = new JsonArray(
                new JsonObject
                {
                    ["filePath"] = File,
                    ["fileContent"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
                }
            ),
        };
        if (tip is not null)
        {
            commit["parentCommitId"] = tip;
        }

        await loop.Clients.CodeCommit.CreateCommitAsync(commit, cancellationToken);
    }

    private async Task<IReadOnlyList<LedgerEntry>> ReadAsync(string commit, CancellationToken cancellationToken) =>
        await repository.TextAsync(commit, File, cancellationToken) is { } text
            ? RecordJson.Read<List<LedgerEntry>>(text, File)
            : [];

    /// <summary>
    /// Creates the branch at the tip of the project's main branch. Null without a main branch, as for a project whose
    /// sources are on GitHub: the first commit then creates the branch.
    /// </summary>
    private async Task<string?> BranchAsync(CancellationToken cancellationToken)
    {
        if (await repository.TipAsync(LoopNames.DefaultBranch, cancellationToken) is not { } main)
        {
            return null;
        }

        await loop.Clients.CodeCommit.CreateBranchAsync(
            new JsonObject
            {
                ["repositoryName"] = loop.Names.Repository,
                ["branchName"] = LoopNames.LedgerBranch,
                ["commitId"] = main,
            },
            cancellationToken
        );
        return main;
    }
}
