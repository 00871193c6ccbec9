using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>Pushes with git, makes commits by call, and records the acknowledgements.</summary>
/// <param name="ledger">Collects the acknowledgements.</param>
/// <param name="round">Makes the texts of several loads different.</param>
internal sealed class CommitLoad(AwsConnection connection, Ledger ledger, GitClient git, int round)
{
    private readonly CodeCommitClient client = new(connection);

    public async Task PushAsync(int count) => ledger.Add("push", await git.PushAsync($"{round}/{count}"));

    public async Task CommitAsync(int count)
    {
        string? parent = null;
        try
        {
            var branch = new JsonObject { ["repositoryName"] = GitClient.Committed, ["branchName"] = "main" };
            parent = (await client.GetBranchAsync(branch)).Branch.CommitId;
        }
        catch (AwsException none) when (none.Code == "BranchDoesNotExistException")
        {
            // The first commit creates it.
        }

        var input = new JsonObject
        {
            ["repositoryName"] = GitClient.Committed,
            ["branchName"] = "main",
            ["parentCommitId"] = parent,
            ["putFiles"] = new JsonArray(
                new JsonObject
                {
                    ["filePath"] = "f",
                    ["fileContent"] = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{round}/{count}")),
                }
            ),
        };
        if (parent is null)
        {
            input.Remove("parentCommitId");
        }

        ledger.Add("commit", (await client.CreateCommitAsync(input)).CommitId);
    }
}
