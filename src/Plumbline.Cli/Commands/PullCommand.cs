using System.CommandLine;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb pull</c>: fetches and merges the commits of others, so that a push is accepted.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        var rebase = new Option<bool>("--rebase")
        {
            Description = "Rebase your commits onto theirs instead of merging",
        };
        return LoopCommand.CreateInFolder(
            "pull",
            "Fetch the commits of others and merge them, as git pull does",
            async (loop, folder, parsed, cancellationToken) =>
            {
                var tree = new WorkTree(folder.Root);
                var before = await tree.HeadAsync(cancellationToken);
                var remote = await Remote.SetAsync(loop, tree, parsed, cancellationToken);
                var failure = await tree.PullAsync(
                    remote.Name,
                    LoopNames.DefaultBranch,
                    parsed.GetValue(rebase),
                    remote.Helper,
                    cancellationToken
                );
                if (failure is not null)
                {
                    await Console.Error.WriteLineAsync(
                        $"plumb: {failure}\nResolve what git reports, commit, then `plumb push`; `git merge --abort` or `git rebase --abort` undoes the pull."
                    );
                    return CommandLine.Failed;
                }

                var after = await tree.HeadAsync(cancellationToken);
                Console.WriteLine(
                    before == after
                        ? "Already up to date."
                        : $"Now at {after![..12]}: check the result, then `plumb push`."
                );
                return CommandLine.Ok;
            },
            rebase
        );
    }
}
