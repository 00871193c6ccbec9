using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>
/// A push to the local cloud. Git decides first: a commit that it refuses changes nothing. What the loop needs follows from
/// the newest commit that is there, and not from what lies in somebody's folder.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="tree">The project's work tree.</param>
/// <param name="report">Gets what is being applied.</param>
public sealed class ProjectPush(LoopContext loop, WorkTree tree, Action<LoopResource>? report = null)
{
    private readonly ResourceApplier applier = new(loop);

    /// <summary>
    /// Pushes the commit that is checked out, and brings what the loop needs up to date. Cut off anywhere, the next push of
    /// the same commit ends it; of two people at once, the one whose commit is the newest counts.
    /// </summary>
    /// <param name="remote">The name that git has for the repository.</param>
    /// <param name="credentialHelper">Git's credential helper.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>False where the commit was there already.</returns>
    /// <exception cref="UserError">The commit has no valid project, or git refuses it; nothing was changed.</exception>
    public async Task<bool> PushAsync(string remote, string? credentialHelper, CancellationToken cancellationToken)
    {
        var committed = Read(await tree.TextAsync(ProjectFolder.DescriptionFile, cancellationToken));
        if (!await tree.HasAsync(committed.Data.File, cancellationToken))
        {
            throw new UserError(
                ProjectFolder.DescriptionFile,
                $"data.file names {committed.Data.File}, which is not committed: `git add` it, then `git commit`"
            );
        }

        var url = await applier.MakeRepositoryAsync(cancellationToken);
        await tree.SetRemoteAsync(remote, url, cancellationToken);
        await tree.PushAsync(remote, LoopNames.DefaultBranch, credentialHelper, cancellationToken, isTry: true);
        await applier.MakeMissingAsync(url, cancellationToken);
        var isNew = await tree.PushAsync(remote, LoopNames.DefaultBranch, credentialHelper, cancellationToken);
        await new NewestCommit(loop, tree).FollowAsync(
            text => applier.ApplySettingsAsync(Read(text), url, report, cancellationToken),
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
                $"the commit's project is {project.Name}, that of the folder {loop.Project.Name}: commit the change first"
            );
    }
}
