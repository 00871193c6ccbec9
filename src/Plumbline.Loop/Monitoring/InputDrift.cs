using System.Globalization;
using Plumbline.Loop.Data;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Statistics;

namespace Plumbline.Loop.Monitoring;

/// <summary>The drift of one feature.</summary>
/// <param name="Feature">The name of its column.</param>
/// <param name="Index">The population stability index.</param>
public sealed record FeatureDrift(string Feature, double Index);

/// <summary>Compares the endpoint's recent input with its model's training data, feature by feature.</summary>
public sealed class InputDrift(LoopContext loop)
{
    private const int TrainingRows = 2000;
    private const int CapturedRows = 500;

    /// <summary>The drift of the newest captured rows, the largest first; empty without traffic.</summary>
    /// <param name="live">The version in production.</param>
    public async Task<IReadOnlyList<FeatureDrift>> ReadAsync(ModelVersion live, CancellationToken cancellationToken)
    {
        var captured = await new CapturedPredictions(loop).NewestAsync(CapturedRows, cancellationToken);
        var now = captured.Select(one => Numbers(one.Features)).Where(row => row.Length > 0).ToList();
        var key = Layout.DataSet(live.DataSetVersion) + DataSetBuilder.TrainFile;
        var before = await loop
            .Bucket.LinesAsync(key, cancellationToken)
            .Take(TrainingRows)
            .Select(line => Numbers(line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]))
            .ToListAsync(cancellationToken);
        if (now.Count == 0 || before.Count == 0)
        {
            return [];
        }

        var names = (await new DataSets(loop).FindAsync(live.DataSetVersion, cancellationToken))?.Features ?? [];
        return
        [
            .. Enumerable
                .Range(0, before[0].Length)
                .Select(column => new FeatureDrift(
                    column < names.Count ? names[column] : $"{column}",
                    PopulationStability.Index(Column(before, column), Column(now, column))
                ))
                .OrderByDescending(one => one.Index),
        ];
    }

    private static List<float> Column(List<float[]> rows, int column) =>
        [.. rows.Where(row => column < row.Length).Select(row => row[column])];

    private static float[] Numbers(string cells) =>
        [
            .. cells
                .Split(',')
                .Select(cell =>
                    float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : float.NaN
                ),
        ];
}
