using System.Text;
using Plumbline.Aws.Formats;
using Plumbline.Loop.Data;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Inputs;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;
using Plumbline.Records.Statistics;
using Plumbline.Tables;

namespace Plumbline.Loop.Monitoring;

/// <summary>The drift of one feature.</summary>
/// <param name="Feature">The name of its column, or of a figure of a content.</param>
/// <param name="Shift">The training values and the current ones.</param>
public sealed record FeatureDrift(string Feature, Shift Shift)
{
    /// <summary>The population stability index.</summary>
    public double Index => Shift.Index;
}

/// <summary>Compares the endpoint's recent input with its model's training data, feature by feature.</summary>
public sealed class InputDrift(LoopContext loop)
{
    private const int TrainingRows = 2000;
    private const int CapturedRows = 500;

    /// <summary>The drift of the newest captured rows, the largest first; empty without traffic.</summary>
    /// <param name="live">The version in production.</param>
    public async Task<IReadOnlyList<FeatureDrift>> ReadAsync(ModelVersion live, CancellationToken cancellationToken)
    {
        if (loop.Project.Data.IsContent())
        {
            return await ReadContentsAsync(live, cancellationToken);
        }

        var captured = await new CapturedPredictions(loop).NewestAsync(CapturedRows, cancellationToken);
        var key = Layout.DataSet(live.DataSetVersion) + DataSetBuilder.TrainFile;
        var trained = await loop
            .Bucket.LinesAsync(key, cancellationToken)
            .Take(TrainingRows)
            .Select(line => line.Split(',', 2))
            .Select(line => (Truth: line[0], Cells: CsvCells.Split(line[^1])))
            .ToListAsync(cancellationToken);
        var before = trained.ConvertAll(row => row.Cells);
        var now = captured.Select(one => CsvCells.Split(one.Features)).ToList();
        if (now.Count == 0 || before.Count == 0)
        {
            return [];
        }

        var manifest = await new DataSets(loop).FindAsync(live.DataSetVersion, cancellationToken);
        var names = manifest?.Features ?? [];
        return
        [
            .. Enumerable
                .Range(0, before[0].Count)
                // Time goes on: that a column of times has moved is not news.
                .Where(column => KindOf(column) != ColumnKind.Time)
                .Select(column => new FeatureDrift(
                    column < names.Count ? names[column] : $"{column}",
                    ShiftOf(KindOf(column), Column(before, column), Column(now, column))
                ))
                .Append(Predictions(trained.ConvertAll(row => row.Truth), captured))
                .Concat(await ScoresAsync(live, captured.Select(one => one.Answer.Score), cancellationToken))
                .OrderByDescending(one => one.Index),
        ];

        ColumnKind? KindOf(int column) => manifest?.Schema?.Columns[column].Kind;
    }

    /// <summary>
    /// The figures of a sample of the newest measurement's contents, and of a sample of the training. Empty before the
    /// first measurement, and for a version that was trained before there were samples.
    /// </summary>
    private async Task<IReadOnlyList<FeatureDrift>> ReadContentsAsync(
        ModelVersion live,
        CancellationToken cancellationToken
    )
    {
        var texts = await loop.Bucket.TextsAsync(
            [Layout.InputReference(live.DataSetVersion), Layout.InputsNow],
            cancellationToken
        );
        if (texts is not [{ } before, { } now])
        {
            return [];
        }

        var reference = RecordJson.Read<InputSample>(before, Layout.InputReference(live.DataSetVersion));
        var current = RecordJson.Read<InputSample>(now, Layout.InputsNow);
        return current.Inputs.Count == 0
            ? []
            :
            [
                .. reference
                    .Compare(current)
                    .Select(one => new FeatureDrift(one.Name, one.Shift))
                    .Concat(
                        await ScoresAsync(live, current.Inputs.Select(one => one.Score ?? float.NaN), cancellationToken)
                    )
                    .OrderByDescending(one => one.Index),
            ];
    }

    /// <summary>
    /// How far the probabilities of the predicted labels have moved from those that the same model gave the held-out
    /// examples of its evaluation; empty for a model without probabilities.
    /// </summary>
    private async Task<IReadOnlyList<FeatureDrift>> ScoresAsync(
        ModelVersion live,
        IEnumerable<float> now,
        CancellationToken cancellationToken
    )
    {
        var current = now.Where(float.IsFinite).ToList();
        if (current.Count == 0 || S3Uri.TryParseObject(live.StatisticsUri ?? "") is not { } report)
        {
            return [];
        }

        var key = report.Key[..(report.Key.LastIndexOf('/') + 1)] + Prediction.File;
        var lines = await loop
            .Bucket.LinesAsync(key, cancellationToken)
            .Take(TrainingRows + 1)
            .ToListAsync(cancellationToken);
        var before = Prediction.Read(lines, key).Select(one => (float)one.Score).Where(float.IsFinite).ToList();
        return before.Count == 0 ? [] : [new FeatureDrift("score", PopulationStability.Of(before, current))];
    }

    /// <summary>How far the predictions have moved from the truths of the training.</summary>
    private FeatureDrift Predictions(List<string> truths, IReadOnlyList<CapturedPrediction> captured) =>
        loop.Project.Task == TaskKind.Regression
            ? new FeatureDrift(
                $"{loop.Project.Data.Label} (predicted)",
                ShiftOf(ColumnKind.Number, truths, [.. captured.Select(one => one.Predicted ?? "")])
            )
            : new FeatureDrift(
                "predicted label",
                PopulationStability.OfNames(
                    truths.ConvertAll(LabelOf),
                    [.. captured.Select(one => one.Predicted ?? "none of the labels")]
                )
            );

    /// <summary>The label of a class index, as training files have it.</summary>
    private string LabelOf(string truth) =>
        int.TryParse(truth, out var index) && index >= 0 && index < loop.Project.Labels.Count
            ? loop.Project.Labels[index]
            : truth;

    private static Shift ShiftOf(ColumnKind? kind, List<string> before, List<string> now) =>
        kind switch
        {
            ColumnKind.Category or ColumnKind.Boolean => PopulationStability.OfNames(before, now),
            ColumnKind.Text => PopulationStability.Of(before.ConvertAll(Length), now.ConvertAll(Length)),
            _ => PopulationStability.Of(before.ConvertAll(Number), now.ConvertAll(Number)),
        };

    private static float Length(string cell) => cell.Length;

    private static float Number(string cell) =>
        CellText.TryNumber(Encoding.UTF8.GetBytes(cell), out var number) ? number : float.NaN;

    private static List<string> Column(List<IReadOnlyList<string>> rows, int column) =>
        [.. rows.Where(row => column < row.Count).Select(row => row[column].Trim())];
}
