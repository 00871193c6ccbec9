using System.Text;
using Plumbline.Tables;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Tests.Train;

/// <summary>The channel <c>encoder</c>, by which a refresh makes a model that fits the other parts of a blend.</summary>
[Collection("processes")]
public sealed class EncoderChannelTests
{
    private static readonly TableSchema Schema = new()
    {
        Columns = [new Column("city", ColumnKind.Category), new Column("size", ColumnKind.Number)],
    };

    [Fact]
    public async Task A_model_keeps_the_encoder_of_another_one_whose_rows_had_other_names()
    {
        using var earlier = Job(["Basel", "Basel", "Bern"]);
        await earlier.SucceedAsync();
        using var alone = Job(["Bern", "Bern", "Chur"]);
        await alone.SucceedAsync();
        using var refreshed = Job(["Bern", "Bern", "Chur"]).WithFolder("encoder", earlier["model"]);
        await refreshed.SucceedAsync();

        EncoderOf(refreshed).ShouldBe(EncoderOf(earlier));
        EncoderOf(alone).ShouldNotBe(EncoderOf(earlier), "most frequent names come first");
        refreshed.Booster.ShouldNotBe(earlier.Booster);
    }

    [Fact]
    public async Task A_model_without_an_encoder_is_named()
    {
        using var numbers = new TrainingJob().With("train", "0,1\n1,2\n2,3\n");
        await numbers.SucceedAsync();
        using var job = Job(["Bern", "Basel", "Chur"]).WithFolder("encoder", numbers["model"]);

        (await job.FailAsync()).ShouldBe("channel encoder: its model has no encoder");
    }

    private static TrainingJob Job(string[] cities) =>
        new TrainingJob()
            .With(
                "train",
                string.Concat(Enumerable.Range(0, 60).Select(row => $"{row % 3},{cities[row % cities.Length]},{row}\n"))
            )
            .With("train", Schema.ToJson(), TableSchema.FileName);

    private static string EncoderOf(TrainingJob job) =>
        Encoding.UTF8.GetString(ModelArchive.Read(job["model"]).Encoder.ShouldNotBeNull().ToJson());
}
