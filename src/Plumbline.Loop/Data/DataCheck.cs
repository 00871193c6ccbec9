using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Loop.Data;

/// <summary>Checks data before a training: reads each row, and requires training rows for each class.</summary>
/// <param name="Manifest">How the rows are divided.</param>
/// <param name="Notes">A sentence for each class with few training rows or without held-out rows.</param>
public sealed record DataCheck(DataSetManifest Manifest, IReadOnlyList<string> Notes)
{
    /// <summary>A class with fewer rows to train on gets a note.</summary>
    private const int FewRows = 10;

    /// <summary>Checks the files in a project's folder.</summary>
    /// <exception cref="UserError">The data is invalid; the message names file, line and column.</exception>
    public static DataCheck Run(ProjectFolder folder, DateTimeOffset time) =>
        folder.Description.Data.IsContent()
            ? RunContents(folder, time)
            : Run(folder.Description, BaseFiles.Open(folder.BasePaths(), folder.Description.Data.Format), time);

    /// <summary>Divides one file as the Prepare step will, in a temporary folder.</summary>
    /// <exception cref="UserError">The data is invalid; the message names file, line and column.</exception>
    public static DataCheck Run(ProjectDescription project, string file, DateTimeOffset time) =>
        Run(project, BaseFiles.Open(file, project.Data.Format), time);

    private static DataCheck Run(ProjectDescription project, BaseFiles files, DateTimeOffset time)
    {
        var scratch = Directory.CreateTempSubdirectory("plumbline-check-");
        try
        {
            var manifest = DataSetBuilder.Build(project, files, [], [], scratch.FullName, time);
            return new DataCheck(
                manifest,
                project.Task == TaskKind.Regression
                    ? []
                    : [.. Classes(project, manifest.Names, files.Files[0].Name, scratch.FullName)]
            );
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static DataCheck RunContents(ProjectFolder folder, DateTimeOffset time)
    {
        var project = folder.Description;
        var scratch = Directory.CreateTempSubdirectory("plumbline-check-");
        try
        {
            var list = Path.Combine(scratch.FullName, "list.jsonl");
            File.WriteAllBytes(list, BaseContents.Read(project, folder.Root).ToList());
            var manifest = ContentSetBuilder.Build(project, list, [], [], scratch.FullName, time, project.Name);
            return new DataCheck(
                manifest,
                project.Task.IsJson() ? [] : [.. Classes(project, manifest.Names, project.Data.File, scratch.FullName)]
            );
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Classes(
        ProjectDescription project,
        DataSetFiles names,
        string file,
        string folder
    )
    {
        var train = Count(folder, names.Train, project.Labels.Count);
        var validation = Count(folder, names.Validation, project.Labels.Count);
        var test = Count(folder, names.Base, project.Labels.Count);
        var unit = project.Data.IsContent() ? "example" : "row";
        for (var label = 0; label < project.Labels.Count; label++)
        {
            var (name, all) = (project.Labels[label], train[label] + validation[label] + test[label]);
            if (all == 0)
            {
                throw new UserError(
                    file,
                    $"no {unit} has the label '{name}', so no model can learn it: add {unit}s with it, or remove it from labels"
                );
            }

            if (train[label] == 0)
            {
                throw new UserError(
                    file,
                    $"the label '{name}' has {Plural.Of(all, unit, unit + "s")}, and none to train on, so no model can learn it: add more {unit}s with it"
                );
            }

            if (train[label] < FewRows)
            {
                yield return $"The label '{name}' has only {Plural.Of(train[label], unit, unit + "s")} to train on.";
            }

            if (test[label] == 0)
            {
                yield return $"The label '{name}' has {Plural.Of(all, unit, unit + "s")}, and none is held out: its quality is not measured.";
            }
        }
    }

    private static int[] Count(string folder, string file, int classes)
    {
        var counts = new int[classes];
        foreach (var line in File.ReadLines(Path.Combine(folder, file)))
        {
            counts[DataSetFiles.ClassOf(line)]++;
        }

        return counts;
    }
}
