using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Loop;
using Plumbline.Loop.Project;

namespace Plumbline.Cli.Commands;

/// <summary>A project's repository as its work tree knows it.</summary>
/// <param name="Name">The remote's name in git, or a URL where the person has a name of their own for it.</param>
/// <param name="Helper">Git's credential helper; null for the person's own.</param>
internal sealed record Remote(string Name, string? Helper)
{
    /// <summary>Git's name for the repository in the home of a command: a work tree may have one in each.</summary>
    public static string NameOf(ParseResult parsed) => HomeOptions.IsAws(parsed) ? "plumbline-aws" : "plumbline";

    /// <summary>Finds the repository in the home, and names it in the work tree.</summary>
    /// <exception cref="Records.UserError">There is none.</exception>
    public static async Task<Remote> SetAsync(
        LoopContext loop,
        WorkTree tree,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        // GitHub knows the person, not AWS's keys, and the person has a remote for it.
        if (HomeOptions.IsAws(parsed) && loop.Project.Source is { } gitHub)
        {
            return new Remote(gitHub.CloneUrl(), null);
        }

        var url = await new ResourceApplier(loop).RepositoryAsync(cancellationToken);
        await tree.SetRemoteAsync(NameOf(parsed), url, cancellationToken);
        return new Remote(NameOf(parsed), HomeOptions.GitCredentialHelper(parsed));
    }
}
