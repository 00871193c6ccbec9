using Plumbline.Loop.Home;
using Plumbline.Loop.Project;

namespace Plumbline.Loop.Pushing;

/// <summary>The newest commit of the default branch, which the loop's resources follow.</summary>
internal sealed class NewestCommit(LoopContext loop, WorkTree tree)
{
    private readonly SourceRepository repository = new(loop);

    /// <summary>The commit; null before the first push, or if the source is not in CodeCommit.</summary>
    public Task<string?> IdAsync(CancellationToken cancellationToken) =>
        repository.TipAsync(LoopNames.DefaultBranch, cancellationToken);

    /// <summary>Applies the newest commit's description; repeats that after a push in the meantime.</summary>
    /// <param name="applyAsync">Gets the commit and the text of its description, which is null if it has none.</param>
    /// <param name="cancellationToken">Ends it between two commits.</param>
    /// <returns>False before the first push.</returns>
    public async Task<bool> FollowAsync(Func<string, string?, Task> applyAsync, CancellationToken cancellationToken)
    {
        var path = await tree.PrefixAsync(cancellationToken) + ProjectFolder.DescriptionFile;
        string? applied = null;
        while (await IdAsync(cancellationToken) is { } newest && newest != applied)
        {
            await applyAsync(newest, await repository.TextAsync(newest, path, cancellationToken));
            applied = newest;
        }

        return applied is not null;
    }
}
