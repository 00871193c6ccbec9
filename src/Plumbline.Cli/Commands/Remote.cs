using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Resources;

namespace Plumbline.Cli.Commands;

/// <summary>A project's repository as a git remote of its work tree.</summary>
/// <param name="Name">The remote's name in git; the URL for GitHub, where the person has a remote already.</param>
/// <param name="Helper">Git's credential helper; null for the person's own.</param>
internal sealed record Remote(string Name, string? Helper)
{
    /// <summary>The remote's name for a command's <c>--home</c>: a work tree may have one for each.</summary>
    public static string NameOf(ParseResult parsed) => HomeOptions.IsAws(parsed) ? "plumbline-aws" : "plumbline";

    /// <summary>Finds the repository in the command's cloud and adds it to the work tree as a remote.</summary>
    /// <exception cref="Records.UserError">The repository is missing.</exception>
    public static async Task<Remote> SetAsync(
        LoopContext loop,
        WorkTree tree,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        // GitHub takes the person's own credentials, not AWS keys.
        if (HomeOptions.IsAws(parsed) && loop.Project.Source is { } gitHub)
        {
            return new Remote(gitHub.CloneUrl(), null);
        }

        var url = await new ResourceApplier(loop).RepositoryAsync(cancellationToken);
        await tree.SetRemoteAsync(NameOf(parsed), url, cancellationToken);
        return new Remote(NameOf(parsed), HomeOptions.GitCredentialHelper(parsed));
    }
}
