using System.Globalization;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Data;

/// <summary>Tests data before anything is started from it: each row is read, and each class must be learnable.</summary>
/// <param name="Manifest">How the rows are divided.</param>
/// <param name="Notes">A sentence for each class of which some side has too little.</param>
public sealed record DataCheck(DataSetManifest Manifest, IReadOnlyList<string> Notes)
{
    /// <summary>Under so many rows to train on, a class is worth a note.</summary>
    private const int FewRows = 10;

    /// <summary>Tests what is in a project's folder.</summary>
    /// <exception cref="UserError">Names file, line and column of what is wrong.</exception>
    public static DataCheck Run(ProjectFolder folder, DateTimeOffset time) =>
        File.Exists(folder.DataFile)
            ? Run(folder.Description, folder.DataFile, time)
            : throw new UserError(folder.Description.Data.File, $"there is no such file in {folder.Root}");

    /// <summary>Divides the data as Prepare will, in a folder that is gone afterwards.</summary>
    /// <exception cref="UserError">Names file, line and column of what is wrong.</exception>
    public static DataCheck Run(ProjectDescription project, string file, DateTimeOffset time)
    {
        var scratch = Directory.CreateTempSubdirectory("plumbline-check-");
        try
        {
            var manifest = DataSetBuilder.Build(project, file, [], [], scratch.FullName, time);
            return new DataCheck(manifest, [.. Classes(project, Path.GetFileName(file), scratch.FullName)]);
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
                    $"no row has the label '{name}', so that no model can learn it: add rows of it, or take it out of labels"
                );
            }

            if (train[label] == 0)
            {
                throw new UserError(
                    file,
                    $"the label '{name}' has {Rows(all)}, and none to train on, so that no model can learn it: add more"
                );
            }

            if (train[label] < FewRows)
            {
                yield return $"The label '{name}' has only {Rows(train[label])} to train on.";
            }

            if (test[label] == 0)
            {
                yield return $"The label '{name}' has {Rows(all)}, and none is held out: no figure says how well it is recognized.";
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
