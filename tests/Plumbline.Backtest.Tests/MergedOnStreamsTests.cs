using Plumbline.Backtest.Models;
using Plumbline.Backtest.Streams;
using Plumbline.Testing;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Blends;
using Plumbline.XGBoost.Models;

namespace Plumbline.Backtest.Tests;

/// <summary>
/// The merged booster against the mixture of four models, on every row of a stream: through libxgboost and through the
/// model server's flat forest.
/// </summary>
public sealed class MergedOnStreamsTests : IDisposable
{
    private const double Close = 1e-5;
    private static readonly double[] Weights = [0.1, 0.45, 0.25, 0.2];
    private readonly TemporaryFolder folder = new();

    [GoldenTheory]
    [InlineData("elec2")]
    [InlineData("beijing_pm25")]
    public void It_answers_as_the_mixture_on_real_streams(string name)
    {
        var (features, columns, truths) = RealStreams.Read(name);

        ShouldAgree(new LabelledStream(features, columns, truths));
    }

    [Fact]
    public void It_answers_as_the_mixture_with_ten_classes()
    {
        var (features, labels) = SampleData.Make(6_000, columns: 12, classes: 10);

        ShouldAgree(new LabelledStream(features, 12, Array.ConvertAll(labels, label => (int)label)));
    }

    public void Dispose() => folder.Dispose();

    private void ShouldAgree(LabelledStream stream)
    {
        var learner = Learner.For(stream);
        var boosters = Enumerable.Range(0, Weights.Length).Select(part => Trained(stream, learner, part)).ToArray();
        using var merged = BoosterBlend.Merge([
            .. boosters.Zip(Weights, (booster, weight) => new BlendPart("a part", booster, weight)),
        ]);
        ModelArchive.Write(folder.At("model"), merged.Save());
        using var served = LoadedModel.From(ModelArchive.Read(folder.At("model")));
        served.IsFlat.ShouldBeTrue();

        var all = stream.Features(0, stream.Rows);
        using var rows = stream.Matrix(0, stream.Rows);
        var parts = Array.ConvertAll(boosters, booster => booster.Predict(rows, margin: true));
        var mixture = new double[parts[0].Length];
        for (var i = 0; i < mixture.Length; i++)
        {
            mixture[i] = Weights.Select((weight, part) => weight * parts[part][i]).Sum();
        }
        Largest(mixture, merged.Predict(rows, margin: true)).ShouldBeLessThan(Close);
        var answers = new float[stream.Rows * stream.Classes];
        served.Predict(all, answers);
        Largest(Probabilities(mixture, stream.Classes), answers).ShouldBeLessThan(Close);
        Array.ForEach(boosters, booster => booster.Dispose());
    }

    /// <summary>Each part learns an eighth of the rows, with its own number of rounds.</summary>
    private static Booster Trained(LabelledStream stream, Learner learner, int part) =>
        (learner with { Rounds = 20 + 10 * part }).Train(
            stream,
            [.. Enumerable.Range(0, stream.Rows / 8).Select(row => (8 * row + part, 1f))],
            previous: null
        );

    private static double[] Probabilities(double[] margins, int classes)
    {
        if (classes == 2)
        {
            return [.. margins.SelectMany(margin => new[] { 1 / (1 + Math.Exp(margin)), 1 / (1 + Math.Exp(-margin)) })];
        }
        return
        [
            .. margins
                .Chunk(classes)
                .SelectMany(row =>
                {
                    var sum = row.Sum(Math.Exp);
                    return row.Select(margin => Math.Exp(margin) / sum);
                }),
        ];
    }

    private static double Largest(double[] expected, float[] actual)
    {
        actual.Length.ShouldBe(expected.Length);
        return expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max();
    }
}
