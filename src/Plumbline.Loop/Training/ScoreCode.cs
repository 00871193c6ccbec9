using Plumbline.Loop.Project;
using Plumbline.Records;

namespace Plumbline.Loop.Training;

/// <summary>
/// The program of <c>quality.score</c>, which gives the loss of an example in <c>task: custom</c>: one Python file, or a C#
/// project, which the build compiles.
/// </summary>
public static class ScoreCode
{
    /// <summary>Packs the program, after compiling it if it is C#; null if the project has none.</summary>
    /// <exception cref="UserError">The program is missing, or does not compile.</exception>
    public static async Task<ProjectCode?> OfAsync(ProjectFolder folder, CancellationToken cancellationToken)
    {
        if (folder.Description.Quality.Score is not { } score)
        {
            return null;
        }

        var path = Path.Combine(folder.Root, score);
        if (File.Exists(path))
        {
            return ProjectCode.Pack(Path.GetDirectoryName(path)!, Layout.ScoreArchive, [Path.GetFileName(path)]);
        }

        if (!Directory.Exists(path))
        {
            throw new UserError(
                ProjectFolder.DescriptionFile,
                $"quality.score names {score}, which does not exist: create it, with the function score(answer, truth)"
            );
        }

        var built = await DotnetProgram.BuildAsync(folder, score, "quality.score", Console.Error, cancellationToken);
        return ProjectCode.Pack(built, Layout.ScoreArchive);
    }
}
