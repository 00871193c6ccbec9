using System.Text;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Signing;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.CodeBuild.Projects;
using Plumbline.LocalCloud.Services.CodeCommit;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>The source of a build, cloned over git's HTTP as any client does, with the build's role.</summary>
internal sealed class SourceCheckout(CredentialStore credentials, ServerEndpoint endpoint)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Clones and checks out; returns the commit.</summary>
    /// <exception cref="BuildspecException">
    /// The source or the version does not exist; the message says which.
    /// </exception>
    public async Task<string> CloneAsync(Build build, string folder)
    {
        var location = await LocateAsync(build.Source.Location ?? "");
        var keys = await credentials.IssueAsync(build.ServiceRole, "codebuild", Lifetime);
        var git = new Git(folder);
        var authorized = Authorization(location, keys);
        await MustAsync(git, ["clone", "--quiet", "--no-checkout", location, folder], authorized, $"source {location}");
        var version = build.SourceVersion ?? "HEAD";
        var name = version.StartsWith("refs/heads/", StringComparison.Ordinal)
            ? version["refs/heads/".Length..]
            : version;
        var commit = await ResolveAsync(git, folder, name);
        await MustAsync(
            git,
            ["-C", folder, "checkout", "--quiet", "--detach", commit],
            Here(folder),
            $"source version {version}"
        );
        return commit;
    }

    /// <summary>Checked again here, because an older project may have any location.</summary>
    private async Task<string> LocateAsync(string location)
    {
        try
        {
            return SourceLocation.UrlOf(location, await endpoint.WaitAsync(CancellationToken.None));
        }
        catch (AwsException refused)
        {
            throw new BuildspecException(refused.Message);
        }
    }

    private static async Task<string> ResolveAsync(Git git, string folder, string name)
    {
        foreach (var candidate in new[] { $"refs/remotes/origin/{name}", name })
        {
            var result = await git.TryAsync(
                ["-C", folder, "rev-parse", "--verify", "--quiet", candidate + "^{commit}"],
                environment: Here(folder)
            );
            if (result.ExitCode == 0 && !name.StartsWith('-'))
            {
                return result.Text;
            }
        }

        throw new BuildspecException($"source version {name}: the repository has no such commit, branch or tag");
    }

    private static async Task MustAsync(
        Git git,
        string[] arguments,
        Dictionary<string, string> environment,
        string what
    )
    {
        var result = await git.TryAsync(arguments, environment: environment);
        if (result.ExitCode != 0)
        {
            throw new BuildspecException($"{what}: {result.Error}");
        }
    }

    /// <summary>The password is in git's environment, because every user can read a process's arguments.</summary>
    private static Dictionary<string, string> Authorization(string location, KeyPair keys)
    {
        var url = new Uri(location);
        var signing = new SigningCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);
        var password = GitCredential.Password(
            signing,
            url.Host,
            url.AbsolutePath,
            LocalCloudIdentity.Region,
            ProcessTime.Clock.GetUtcNow()
        );
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{GitCredential.UserName(signing)}:{password}"));
        return new Dictionary<string, string>
        {
            ["GIT_DIR"] = "",
            ["GIT_CONFIG_COUNT"] = "1",
            ["GIT_CONFIG_KEY_0"] = "http.extraHeader",
            ["GIT_CONFIG_VALUE_0"] = $"Authorization: Basic {basic}",
            ["GIT_TERMINAL_PROMPT"] = "0",
        };
    }

    private static Dictionary<string, string> Here(string folder) =>
        new() { ["GIT_DIR"] = Path.Combine(folder, ".git") };
}
