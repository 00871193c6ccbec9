using System.Text;
using Plumbline.Aws.Signing;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>Runs git as a client of one cloud, with its own clone.</summary>
/// <param name="folder">The folder for clones.</param>
internal sealed class GitClient(ChildCloud cloud, string folder)
{
    public const string Pushed = "pushed";
    public const string Committed = "committed";

    private readonly string clone = Path.Combine(folder, Guid.NewGuid().ToString("N"));

    /// <summary>Commits a file and pushes it; returns the commit's id after the push is acknowledged.</summary>
    public async Task<string> PushAsync(string content)
    {
        if (!Directory.Exists(clone))
        {
            await CloneAsync(Pushed, clone);
        }

        await File.WriteAllTextAsync(Path.Combine(clone, "f"), content);
        await RunAsync(clone, "add", ".");
        await RunAsync(clone, "commit", "--quiet", "--message", content);
        await RunAsync(clone, "push", "--quiet", "origin", "HEAD:refs/heads/main");
        return (await RunAsync(clone, "rev-parse", "HEAD")).Trim();
    }

    /// <summary>Clones the repository again and returns the commits of its main branch.</summary>
    public async Task<HashSet<string>> CommitsAsync(string repository)
    {
        var target = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        await CloneAsync(repository, target);
        await RunAsync(target, "fsck", "--full");
        var branches = await RunAsync(target, "for-each-ref", "refs/remotes/origin/main");
        return branches.Length == 0
            ? []
            :
            [
                .. (await RunAsync(target, "rev-list", "origin/main")).Split(
                    '\n',
                    StringSplitOptions.RemoveEmptyEntries
                ),
            ];
    }

    private Task<string> CloneAsync(string repository, string target)
    {
        Directory.CreateDirectory(folder);
        return RunAsync(folder, "clone", "--quiet", $"{cloud.Endpoint}v1/repos/{repository}", target);
    }

    private async Task<string> RunAsync(string where, params string[] arguments)
    {
        var repository = arguments
            .Append("")
            .First(word => word.Contains("/v1/repos/", StringComparison.Ordinal) || word.Length == 0);
        var path = repository.Length > 0 ? new Uri(repository).AbsolutePath : $"/v1/repos/{Pushed}";
        var password = GitCredential.Password(
            cloud.Keys,
            cloud.Endpoint.Host,
            path,
            LocalCloudIdentity.Region,
            DateTimeOffset.UtcNow
        );
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{cloud.Keys.AccessKeyId}:{password}"));
        string[] configuration =
        [
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@example.org",
            "-c",
            $"http.extraHeader=Authorization: Basic {basic}",
            "-c",
            "gc.auto=0",
        ];
        var environment = new Dictionary<string, string>
        {
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
        };
        return (await Shell.RunAsync("git", [.. configuration, .. arguments], environment, where)).Succeeded();
    }
}
