using Plumbline.Testing;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Tests.Train;

/// <summary>The channel <c>weights</c>, by which recipes share the rows to train on.</summary>
[Collection("processes")]
public sealed class RowWeightTests
{
    private const int Rows = 200;

    [Fact]
    public async Task Rows_of_weight_0_are_left_out_as_if_they_were_not_in_the_file()
    {
        var csv = SampleData.Csv(Rows);
        using var weighted = new TrainingJob().With("train", csv).With("weights", Lines(row => row < 120 ? 0 : 1));
        using var alone = new TrainingJob().With("train", string.Join('\n', csv.Split('\n').Skip(120)));

        await weighted.SucceedAsync();
        await alone.SucceedAsync();

        weighted.Booster.ShouldBe(alone.Booster);
        ModelArchive.Read(weighted["model"]).Description!.TrainRows.ShouldBe(80);
    }

    [Fact]
    public async Task Heavier_rows_change_the_model()
    {
        using var weighted = new TrainingJob()
            .With("train", SampleData.Csv(Rows))
            .With("weights", Lines(row => row < 120 ? 0.05 : 1));
        using var equal = new TrainingJob().With("train", SampleData.Csv(Rows));

        await weighted.SucceedAsync();
        await equal.SucceedAsync();

        weighted.Booster.ShouldNotBe(equal.Booster);
    }

    [Theory]
    [InlineData(199, "1", "channel weights: it has 199 weights for 200 rows")]
    [InlineData(200, "heavy", "line 1: must be a weight from 0")]
    [InlineData(200, "-1", "line 1: must be a weight from 0")]
    [InlineData(200, "0", "all weights are 0: no row is left to train on")]
    public async Task Weights_that_do_not_fit_the_rows_are_refused(int lines, string weight, string message)
    {
        using var job = new TrainingJob()
            .With("train", SampleData.Csv(Rows))
            .With("weights", string.Concat(Enumerable.Repeat(weight + "\n", lines)));

        await job.FailAsync();

        job.Failure.ShouldContain(message);
    }

    private static string Lines(Func<int, double> weight) =>
        string.Concat(Enumerable.Range(0, Rows).Select(row => FormattableString.Invariant($"{weight(row)}\n")));
}
