using System.CommandLine;
using Plumbline.Loop.Project;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb pull</c>: brings the commits of others here, so that a push is accepted.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        var rebase = new Option<bool>("--rebase")
        {
            Description = "Put your commits after theirs, in place of a merge",
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
                        $"plumb: {failure}\nSolve what git names, commit it, then `plumb push`; `git merge --abort` or `git rebase --abort` undoes it."
                    );
                    return CommandLine.Failed;
                }

                var after = await tree.HeadAsync(cancellationToken);
                Console.WriteLine(
                    before == after
                        ? "Nothing new: all of it is here."
                        : $"You are at {after![..12]} now: `plumb push` when it is right."
                );
                return CommandLine.Ok;
            },
            rebase
        );
    }
}
