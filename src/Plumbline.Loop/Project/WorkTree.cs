using System.Diagnostics;
using Plumbline.Records;

namespace Plumbline.Loop.Project;

/// <summary>A project's git work tree, by the git program.</summary>
public sealed class WorkTree(string root)
{
    /// <summary>The commit that is checked out; null where nothing was committed, or this is no repository.</summary>
    public async Task<string?> HeadAsync(CancellationToken cancellationToken)
    {
        var (exit, output, _) = await RunAsync(["rev-parse", "--verify", "--quiet", "HEAD"], cancellationToken);
        return exit == 0 ? output.Trim() : null;
    }

    /// <summary>Whether files were changed since the last commit.</summary>
    public async Task<bool> IsDirtyAsync(CancellationToken cancellationToken)
    {
        var (_, output, _) = await RunAsync(["status", "--porcelain"], cancellationToken);
        return output.Length > 0;
    }

    /// <summary>Pushes what is checked out to a branch; false where the branch is there already.</summary>
    /// <param name="url">The repository.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="credentialHelper">Git's credential helper, as in its configuration; null for the person's own.</param>
    /// <param name="cancellationToken">Ends git.</param>
    /// <exception cref="UserError">Git refused; its words follow.</exception>
    public async Task<bool> PushAsync(
        string url,
        string branch,
        string? credentialHelper,
        CancellationToken cancellationToken
    )
    {
        // An empty helper first: others of this machine must not be asked, nor told.
        string[] credentials = credentialHelper is null
            ? []
            :
            [
                "-c",
                "credential.helper=",
                "-c",
                $"credential.helper={credentialHelper}",
                "-c",
                "credential.UseHttpPath=true",
            ];
        string[] arguments = [.. credentials, "push", "--porcelain", url, $"HEAD:refs/heads/{branch}"];
        var (exit, output, error) = await RunAsync(arguments, cancellationToken);
        return exit == 0
            ? !output.Split('\n').Any(line => line.StartsWith("=\t", StringComparison.Ordinal))
            : throw new UserError(root, $"git push was refused: {error.Trim()}");
    }

    /// <summary>Makes a repository of the folder and commits what is in it.</summary>
    /// <exception cref="UserError">Git refused; its words follow.</exception>
    public async Task BeginAsync(string message, CancellationToken cancellationToken)
    {
        await MustAsync(["init", "--quiet", "--initial-branch=main"], cancellationToken);
        await CommitAllAsync(message, cancellationToken);
    }

    /// <summary>Commits everything in the folder; returns the commit.</summary>
    /// <param name="message">What and why.</param>
    /// <param name="cancellationToken">Ends git.</param>
    /// <param name="allowEmpty">Whether a commit without changes is made too.</param>
    public async Task<string> CommitAllAsync(
        string message,
        CancellationToken cancellationToken,
        bool allowEmpty = false
    )
    {
        await MustAsync(["add", "--all"], cancellationToken);
        var (exit, _, _) = await RunAsync(["config", "user.email"], cancellationToken);
        string[] person = exit == 0 ? [] : ["-c", "user.name=plumb", "-c", "user.email=plumb@localhost"];
        string[] empty = allowEmpty ? ["--allow-empty"] : [];
        await MustAsync([.. person, "commit", "--quiet", .. empty, "--message", message], cancellationToken);
        return (await HeadAsync(cancellationToken))!;
    }

    private async Task MustAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (exit, _, error) = await RunAsync(arguments, cancellationToken);
        if (exit != 0)
        {
            throw new UserError(root, $"git: {error.Trim()}");
        }
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output, await error);
    }
}
