using System.Globalization;
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
        Run(folder.Description, BaseFiles.Open(folder.BasePaths(), folder.Description.Data.Format), time);

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
                project.Task == TaskKind.Regression ? [] : [.. Classes(project, files.Files[0].Name, scratch.FullName)]
            );
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Classes(ProjectDescription project, string file, string folder)
    {
        var train = Count(folder, DataSetBuilder.TrainFile, project.Labels.Count);
        var validation = Count(folder, DataSetBuilder.ValidationFile, project.Labels.Count);
        var test = Count(folder, DataSetBuilder.BaseFile, project.Labels.Count);
        for (var label = 0; label < project.Labels.Count; label++)
        {
            var (name, all) = (project.Labels[label], train[label] + validation[label] + test[label]);
            if (all == 0)
            {
                throw new UserError(
                    file,
                    $"no row has the label '{name}', so no model can learn it: add rows with it, or remove it from labels"
                );
            }

            if (train[label] == 0)
            {
                throw new UserError(
                    file,
                    $"the label '{name}' has {Rows(all)}, and none to train on, so no model can learn it: add more rows with it"
                );
            }

            if (train[label] < FewRows)
            {
                yield return $"The label '{name}' has only {Rows(train[label])} to train on.";
            }

            if (test[label] == 0)
            {
                yield return $"The label '{name}' has {Rows(all)}, and none is held out: its quality is not measured.";
            }
        }
    }

    private static int[] Count(string folder, string file, int classes)
    {
        var counts = new int[classes];
        foreach (var line in File.ReadLines(Path.Combine(folder, file)))
        {
            var end = line.IndexOf(',', StringComparison.Ordinal);
            counts[int.Parse(line.AsSpan(0, end), CultureInfo.InvariantCulture)]++;
        }

        return counts;
    }

    private static string Rows(int count) => Plural.Of(count, "row", "rows");
}
