using System.Diagnostics;
using Plumbline.Records;

namespace Plumbline.Loop.Project;

/// <summary>A project's git work tree, used through the git program.</summary>
public sealed class WorkTree(string root)
{
    /// <summary>The commit that is checked out; null without a commit or a repository.</summary>
    public async Task<string?> HeadAsync(CancellationToken cancellationToken)
    {
        var (exit, output, _) = await RunAsync(["rev-parse", "--verify", "--quiet", "HEAD"], cancellationToken);
        return exit == 0 ? output.Trim() : null;
    }

    /// <summary>True if files have uncommitted changes.</summary>
    /// <param name="cancellationToken">Ends git.</param>
    /// <param name="paths">The files to check; all files if none is given.</param>
    public async Task<bool> IsDirtyAsync(CancellationToken cancellationToken, params string[] paths)
    {
        var (_, output, _) = await RunAsync(["status", "--porcelain", "--", .. paths], cancellationToken);
        return output.Length > 0;
    }

    /// <summary>The committed text of a file, by its path in the folder; null if it is not committed.</summary>
    public async Task<string?> TextAsync(string path, CancellationToken cancellationToken)
    {
        var (exit, output, _) = await RunAsync(["show", $"HEAD:./{path}"], cancellationToken);
        return exit == 0 ? output : null;
    }

    /// <summary>True if a file is committed, by its path in the folder.</summary>
    public async Task<bool> HasAsync(string path, CancellationToken cancellationToken) =>
        (await RunAsync(["cat-file", "-e", $"HEAD:./{path}"], cancellationToken)).Exit == 0;

    /// <summary>The folder's path in its repository: empty, or with a slash at its end.</summary>
    public async Task<string> PrefixAsync(CancellationToken cancellationToken) =>
        (await RunAsync(["rev-parse", "--show-prefix"], cancellationToken)).Output.Trim();

    /// <summary>Adds a remote, or changes the URL of an existing one.</summary>
    public async Task SetRemoteAsync(string name, string url, CancellationToken cancellationToken)
    {
        var (exit, _, _) = await RunAsync(["remote", "set-url", name, url], cancellationToken);
        if (exit != 0)
        {
            await MustAsync(["remote", "add", name, url], cancellationToken);
        }
    }

    /// <summary>Pushes the checked-out commit to a branch; false if the branch is at that commit already.</summary>
    /// <param name="remote">The remote's name in git, or its URL.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="credentialHelper">Git's credential helper; null for the person's own.</param>
    /// <param name="cancellationToken">Ends git.</param>
    /// <param name="isTry">True for a dry run.</param>
    /// <exception cref="UserError">Git refused; the message has git's words and what to do.</exception>
    public async Task<bool> PushAsync(
        string remote,
        string branch,
        string? credentialHelper,
        CancellationToken cancellationToken,
        bool isTry = false
    )
    {
        string[] dry = isTry ? ["--dry-run"] : [];
        string[] arguments =
        [
            .. Credentials(credentialHelper),
            "push",
            .. dry,
            "--porcelain",
            remote,
            $"HEAD:refs/heads/{branch}",
        ];
        var (exit, output, error) = await RunAsync(arguments, cancellationToken);
        if (exit == 0)
        {
            return !output.Split('\n').Any(line => line.StartsWith("=\t", StringComparison.Ordinal));
        }

        throw new UserError(
            root,
            output.Contains("[rejected]", StringComparison.Ordinal)
                ? "the repository has a commit that is not here, so git refused yours and nothing was changed: `plumb pull` first, then `plumb push`"
                : $"git push was refused: {error.Trim()}"
        );
    }

    /// <summary>Fetches a branch and merges it into the checked-out one, as <c>git pull</c> does.</summary>
    /// <param name="remote">The remote's name in git.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="rebase">True to rebase own commits onto the fetched ones, false to merge.</param>
    /// <param name="credentialHelper">Git's credential helper; null for the person's own.</param>
    /// <param name="cancellationToken">Ends git.</param>
    /// <returns>Null if it worked, else git's output with the conflicts.</returns>
    public async Task<string?> PullAsync(
        string remote,
        string branch,
        bool rebase,
        string? credentialHelper,
        CancellationToken cancellationToken
    )
    {
        var how = rebase ? "--rebase" : "--no-rebase";
        string[] arguments =
        [
            .. await PersonAsync(cancellationToken),
            .. Credentials(credentialHelper),
            "pull",
            "--no-edit",
            how,
            remote,
            branch,
        ];
        var (exit, output, error) = await RunAsync(arguments, cancellationToken);
        return exit == 0 ? null : $"{output.Trim()}\n{error.Trim()}".Trim();
    }

    /// <summary>Clones a repository into a folder below this one.</summary>
    /// <exception cref="UserError">Git refused; the message has git's words.</exception>
    public Task CloneAsync(
        string url,
        string folder,
        string remote,
        string branch,
        string? credentialHelper,
        CancellationToken cancellationToken
    ) =>
        MustAsync(
            [.. Credentials(credentialHelper), "clone", "--quiet", "--origin", remote, "--branch", branch, url, folder],
            cancellationToken
        );

    /// <summary>
    /// The empty helper removes the machine's others, which must neither be asked nor store the keys.
    /// </summary>
    private static string[] Credentials(string? helper) =>
        helper is null
            ? []
            : ["-c", "credential.helper=", "-c", $"credential.helper={helper}", "-c", "credential.UseHttpPath=true"];

    /// <summary>Creates a repository in the folder and commits all of its files.</summary>
    /// <exception cref="UserError">Git refused; the message has git's words.</exception>
    public async Task BeginAsync(string message, CancellationToken cancellationToken)
    {
        await MustAsync(["init", "--quiet", "--initial-branch=main"], cancellationToken);
        await CommitAllAsync(message, cancellationToken);
    }

    /// <summary>Commits everything in the folder; returns the commit.</summary>
    /// <param name="message">The commit message.</param>
    /// <param name="cancellationToken">Ends git.</param>
    /// <param name="allowEmpty">True to commit even without changes.</param>
    public async Task<string> CommitAllAsync(
        string message,
        CancellationToken cancellationToken,
        bool allowEmpty = false
    )
    {
        await MustAsync(["add", "--all"], cancellationToken);
        var person = await PersonAsync(cancellationToken);
        string[] empty = allowEmpty ? ["--allow-empty"] : [];
        await MustAsync([.. person, "commit", "--quiet", .. empty, "--message", message], cancellationToken);
        return (await HeadAsync(cancellationToken))!;
    }

    /// <summary>A default person, if git does not know who commits.</summary>
    private async Task<string[]> PersonAsync(CancellationToken cancellationToken)
    {
        var (exit, _, _) = await RunAsync(["config", "user.email"], cancellationToken);
        return exit == 0 ? [] : ["-c", "user.name=plumb", "-c", "user.email=plumb@localhost"];
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
        // Git's English output is parsed.
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode != 0 && (await error).Contains("dubious ownership", StringComparison.Ordinal)
            ? throw new UserError(
                root,
                $"belongs to another user, and git does not work in it: `git config --global --add safe.directory {root}` if you trust its owner, or clone it"
            )
            : (process.ExitCode, output, await error);
    }
}
