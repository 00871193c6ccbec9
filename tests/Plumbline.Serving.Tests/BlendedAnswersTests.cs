using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Testing;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Blends;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving.Tests;

/// <summary>A blend of four models behind the model server: its answers over HTTP are those of the mixture.</summary>
[Collection("processes")]
public sealed class BlendedAnswersTests : IDisposable
{
    private const double Close = 1e-5;
    private const int RowsARequest = 4_000;
    private static readonly double[] Weights = [0.1, 0.45, 0.25, 0.2];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [GoldenTheory]
    [InlineData("elec2")]
    [InlineData("beijing_pm25")]
    public Task Every_row_of_a_real_stream_gets_the_answer_of_the_mixture(string name)
    {
        var (features, columns, truths) = RealStreams.Read(name);
        return ShouldAnswerAsync(features, columns, Array.ConvertAll(truths, truth => (float)truth), classes: 2);
    }

    [Fact]
    public Task Every_row_of_a_stream_of_ten_classes_gets_the_answer_of_the_mixture()
    {
        var (features, labels) = SampleData.Make(6_000, columns: 12, classes: 10);
        return ShouldAnswerAsync(features, 12, labels, classes: 10);
    }

    private async Task ShouldAnswerAsync(float[] features, int columns, float[] labels, int classes)
    {
        Booster[] parts = [.. Weights.Select((_, part) => Train(features, columns, labels, classes, part))];
        using (
            var merged = BoosterBlend.Merge([
                .. parts.Zip(Weights, (one, weight) => new BlendPart("a part", one, weight)),
            ])
        )
        {
            ModelArchive.Write(
                folder.At("blend"),
                merged.Save(),
                new ModelDescription
                {
                    Labels =
                    [
                        .. Enumerable.Range(0, classes).Select(one => one.ToString(CultureInfo.InvariantCulture)),
                    ],
                    Features = columns,
                }
            );
        }

        using var server = await ServedModel.OfFolderAsync(folder.At("blend"));
        var farthest = 0.0;
        for (var first = 0; first < labels.Length; first += RowsARequest)
        {
            var rows = features[(first * columns)..(Math.Min(labels.Length, first + RowsARequest) * columns)];
            var expected = Mixture(parts, rows, columns, classes);
            var answers = await ProbabilitiesAsync(server, rows, columns);
            answers.Count.ShouldBe(expected.Length);
            farthest = Math.Max(farthest, answers.Zip(expected, (one, other) => Math.Abs(one - other)).Max());
        }

        farthest.ShouldBeLessThan(Close);
        Array.ForEach(parts, part => part.Dispose());
    }

    /// <summary>Each part learns an eighth of the rows, with its own number of rounds.</summary>
    private static Booster Train(float[] features, int columns, float[] labels, int classes, int part)
    {
        int[] rows = [.. Enumerable.Range(0, labels.Length / 8).Select(row => (8 * row) + part)];
        using var train = DMatrix.FromRows(
            [.. rows.SelectMany(row => features[(row * columns)..((row + 1) * columns)])],
            columns,
            [.. rows.Select(row => labels[row])]
        );
        var parameters = new Dictionary<string, string> { ["nthread"] = "1", ["objective"] = "binary:logistic" };
        if (classes > 2)
        {
            parameters["objective"] = "multi:softprob";
            parameters["num_class"] = classes.ToString(CultureInfo.InvariantCulture);
        }

        var booster = Booster.Create(parameters, train);
        for (var round = 0; round < 20 + (10 * part); round++)
        {
            booster.Update(round, train);
        }

        return booster;
    }

    /// <summary>The probabilities of all classes for each row, from the weighted mean of the parts' margins.</summary>
    private static double[] Mixture(Booster[] parts, float[] rows, int columns, int classes)
    {
        using var matrix = DMatrix.FromRows(rows, columns, new float[rows.Length / columns]);
        float[][] margins = [.. parts.Select(part => part.Predict(matrix, margin: true))];
        double[] mixed =
        [
            .. Enumerable
                .Range(0, margins[0].Length)
                .Select(i => Weights.Select((weight, part) => weight * margins[part][i]).Sum()),
        ];
        return classes == 2
            ? [.. mixed.SelectMany(margin => new[] { 1 / (1 + Math.Exp(margin)), 1 / (1 + Math.Exp(-margin)) })]
            : [.. mixed.Chunk(classes).SelectMany(row => row.Select(margin => Math.Exp(margin) / row.Sum(Math.Exp)))];
    }

    private static async Task<List<double>> ProbabilitiesAsync(ServedModel server, float[] rows, int columns)
    {
        var csv = new StringBuilder();
        foreach (var row in rows.Chunk(columns))
        {
            csv.AppendJoin(',', row.Select(cell => cell.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        using var answer = JsonDocument.Parse(await server.AnswerAsync(csv.ToString(), "text/csv"));
        return
        [
            .. answer
                .RootElement.GetProperty("predictions")
                .EnumerateArray()
                .SelectMany(one =>
                    one.GetProperty("probabilities").EnumerateArray().Select(share => share.GetDouble())
                ),
        ];
    }
}
