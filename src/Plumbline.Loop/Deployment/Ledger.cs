using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Project;
using Plumbline.Records;

namespace Plumbline.Loop.Deployment;

/// <summary>One deployment, or one attempt.</summary>
/// <param name="Approval">Which approval it carried out, see <see cref="ApprovalId"/>.</param>
/// <param name="PackageArn">The version.</param>
/// <param name="Version">Its number.</param>
/// <param name="EndpointConfig">The configuration that was to come into force.</param>
/// <param name="Outcome">deployed, rolledBack or failed.</param>
/// <param name="Detail">Why, where it is not deployed.</param>
/// <param name="Time">The cloud's time, UTC.</param>
/// <param name="Reason">Why it was approved.</param>
/// <param name="DataSetVersion">What the model was trained on.</param>
/// <param name="Commit">What the model was made from.</param>
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
    /// <summary>True where the version came into force.</summary>
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

    /// <summary>Commits a further entry.</summary>
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
                // The commit of an attempt before, whose answer was lost.
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
    /// Makes the branch where the project's own begins; null where there is none, as the sources of a project on GitHub
    /// are not here: the first commit makes the branch then.
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
