using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Pushing;

/// <summary>
/// A push to the local cloud. Git decides first: a commit that git refuses changes nothing. The loop's resources follow
/// the newest pushed commit, not the files in a person's folder.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="tree">The project's work tree.</param>
/// <param name="report">Called with each resource before it is applied.</param>
public sealed class ProjectPush(LoopContext loop, WorkTree tree, Action<LoopResource>? report = null)
{
    private readonly ResourceApplier applier = new(loop);

    /// <summary>
    /// Pushes the commit that is checked out, and updates the loop's resources. If it is cut off, the next push of the
    /// same commit completes it. If two people push at the same time, the newest commit counts.
    /// </summary>
    /// <param name="remote">The remote's name in git.</param>
    /// <param name="credentialHelper">Git's credential helper.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>False if the commit was pushed before.</returns>
    /// <exception cref="UserError">The commit has no valid project, or git refuses it; nothing was changed.</exception>
    public async Task<bool> PushAsync(string remote, string? credentialHelper, CancellationToken cancellationToken)
    {
        var committed = Read(await tree.TextAsync(ProjectFolder.DescriptionFile, cancellationToken));
        foreach (var path in committed.Data.Paths())
        {
            if (!await tree.HasAsync(path, cancellationToken))
            {
                throw new UserError(
                    ProjectFolder.DescriptionFile,
                    $"data.file names {path}, which is not committed: `git add` it, then `git commit`"
                );
            }
        }

        var url = await applier.MakeRepositoryAsync(cancellationToken);
        await tree.SetRemoteAsync(remote, url, cancellationToken);
        await tree.PushAsync(remote, LoopNames.DefaultBranch, credentialHelper, cancellationToken, isTry: true);
        await applier.MakeMissingAsync(url, cancellationToken);
        var isNew = await tree.PushAsync(remote, LoopNames.DefaultBranch, credentialHelper, cancellationToken);
        await new NewestCommit(loop, tree).FollowAsync(
            (_, text) => applier.ApplySettingsAsync(Read(text), url, report, cancellationToken),
            cancellationToken
        );
        return isNew;
    }

    private ProjectDescription Read(string? yaml)
    {
        var project = ProjectDescription.Parse(
            yaml
                ?? throw new UserError(
                    ProjectFolder.DescriptionFile,
                    "is not committed: `git add` it, then `git commit`"
                )
        );
        return project.Name == loop.Project.Name
            ? project
            : throw new UserError(
                ProjectFolder.DescriptionFile,
                $"the commit's project is {project.Name}, but the folder's is {loop.Project.Name}: commit the change first"
            );
    }
}
