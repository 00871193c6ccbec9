using System.Globalization;
using Plumbline.Records.Data;

namespace Plumbline.Loop.Project;

/// <summary>A project around a person's own table: labels and kinds of columns are read from it.</summary>
public static class OwnTable
{
    /// <summary>The files of the project, without the data.</summary>
    /// <param name="name">The project's name.</param>
    /// <param name="file">The table's <c>data.file</c>: its name, or an S3 URI.</param>
    /// <param name="inspection">The table's columns.</param>
    /// <param name="note">Receives a sentence for each suspicious column.</param>
    /// <exception cref="Records.UserError">The file is not a table, or the label does not have classes.</exception>
    public static IReadOnlyDictionary<string, string> Files(
        string name,
        string file,
        TableInspection inspection,
        Action<string> note
    )
    {
        foreach (var sentence in inspection.Notes)
        {
            note(sentence);
        }

        inspection.RequireLabels(file);
        var yaml = $"""
            # The project's description. docs/plumbline.yaml.md has every key with its default.
            name: {name}

            data:
              file: {ColumnKinds.Text(file)}
              label: {ColumnKinds.Text(inspection.Label.Name)}      # the column with the true label
            {string.Join('\n', ColumnKinds.Lines(inspection.Kinds()).Select(line => "  " + line))}

            {(
                inspection.IsRegression
                    ? "task: regression   # the label is a quantity; for classes remove this line and list them in labels"
                    : Labels(inspection, file)
            )}

            training:
              instance: ml.m5.xlarge   # on SageMaker; for a network on four GPUs: ml.g6.12xlarge
              rounds: 100         # the new model, from scratch
              addedRounds: 20     # the old model: production's, trained further
              recipes: [decay, recent, first]   # blended with the new model; [] leaves old and new
              hyperparameters:
                max_depth: 6
                eta: 0.1
                seed: 42

            quality:
            {string.Join('\n', inspection.IsRegression ? Error(inspection) : Accuracy(inspection))}

            monitor:
              schedule: daily

            """;
        return new Dictionary<string, string> { [ProjectFolder.DescriptionFile] = yaml };
    }

    private static string Labels(TableInspection inspection, string file) =>
        $"labels: [{string.Join(", ", inspection.Labels(file).Select(ColumnKinds.Text))}]";

    private static string[] Accuracy(TableInspection inspection)
    {
        var most = inspection.Label.Top(1)[0];
        var share = (double)most.Rows / inspection.Label.Rows;
        return
        [
            $"  # {Text(share * 100, "0.#")} % of the rows are '{most.Value}'. Raise it when you know what the model reaches.",
            $"  threshold: {Text(Math.Clamp(share, 0.01, 0.99), "0.00")}",
        ];
    }

    private static string[] Error(TableInspection inspection)
    {
        var (median, error) = inspection.Middle();
        return
        [
            "  metric: mae         # the mean absolute error; or rmse, mape, r2",
            $"  # Always answering {Text(median, "0.####")} has this error. Lower it when you know what the model reaches.",
            $"  threshold: {Text(Math.Max(error, 1e-6), "0.######")}",
        ];
    }

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
