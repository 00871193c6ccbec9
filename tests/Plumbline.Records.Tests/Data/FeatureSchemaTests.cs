using Plumbline.Records.Data;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

/// <summary>Rows that were captured when the columns were different.</summary>
public sealed class FeatureSchemaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("x,y", "x,y,z", "1,2", "1,2,")]
    [InlineData("x,y", "z,y,x", "1,2", ",2,1")]
    [InlineData("x,y", "x", "1,2", "1")]
    [InlineData("x,y", "y,x", "1,2", "2,1")]
    [InlineData("x,y", "x,renamed", "1,2", "1,2")]
    [InlineData("x,y", "a,b,c", "1,2", null)]
    [InlineData("x,y", "x,y,z", "1,2,3,4", null)]
    public void A_row_is_read_by_the_names_of_its_time(string then, string now, string row, string? read)
    {
        var line = new[]
        {
            new FeatureSchema(then.Split(','), null),
            new FeatureSchema(now.Split(','), SampleRecords.Time),
        };

        var cells = FeatureSchema.Read(line, row.Split(','), SampleRecords.Time.AddDays(-1));

        (cells is null ? null : string.Join(',', cells)).ShouldBe(read);
    }

    [Fact]
    public void A_row_of_the_new_columns_is_read_as_it_is()
    {
        var line = new[] { new FeatureSchema(["x", "y"], null), new FeatureSchema(["y", "x"], SampleRecords.Time) };

        FeatureSchema.Read(line, ["1", "2"], SampleRecords.Time.AddDays(1)).ShouldBe(["1", "2"]);
    }

    [Theory]
    [InlineData(-1, "2,1")]
    [InlineData(+1, "1,2")]
    public void Rows_between_a_training_and_its_deployment_have_the_columns_of_before(int hours, string read)
    {
        var deployed = SampleRecords.Time.AddDays(2);
        var first = Build("label,x,y", "1,1", []);
        var second = Build("label,y,x", "1,1", [], first);

        var third = Build("label,y,x", "1,1", [], second, deployed);
        var fourth = Build(
            "label,y,x",
            "1,1",
            [],
            third with
            {
                Time = SampleRecords.Time.AddDays(3),
            },
            deployed.AddDays(4)
        );

        FeatureSchema.Read(fourth.Schemas!, ["1", "2"], deployed.AddHours(hours))!.ShouldBe(read.Split(','));
    }

    [Fact]
    public void Earlier_corrections_have_gaps_where_columns_were_added_also_after_a_second_change()
    {
        var first = Build("label,a", "1", []);
        var second = Build("label,a,b", "1,1", [SampleRecords.Correction(1, "500")], first);
        var third = Build(
            "label,a,b,c",
            "1,1,1",
            [SampleRecords.Correction(1, "500"), SampleRecords.Correction(2, "501,7")],
            second
        );
        var same = Build(
            "label,a,b,c",
            "1,1,1",
            [SampleRecords.Correction(1, "500"), SampleRecords.Correction(2, "501,7")],
            third
        );

        second.Corrections.WithGaps.ShouldBe(1);
        second.Corrections.Unusable.ShouldBeEmpty();
        third.Corrections.WithGaps.ShouldBe(2);
        third.Schemas!.Select(schema => schema.Features.Count).ShouldBe([1, 2, 3]);
        AllLines().ShouldContain(line => line.EndsWith(",500,,", StringComparison.Ordinal));
        AllLines().ShouldContain(line => line.EndsWith(",501,7,", StringComparison.Ordinal));
        same.Version.ShouldBe(third.Version);
    }

    private DataSetManifest Build(
        string header,
        string rest,
        IReadOnlyList<Records.GroundTruth.Correction> corrections,
        DataSetManifest? parent = null,
        DateTimeOffset? deployed = null
    )
    {
        folder.Write(
            "data.csv",
            header
                + "\n"
                + string.Concat(
                    Enumerable.Range(0, 200).Select(i => $"{(i % 2 == 0 ? "cat" : "dog")},{i}{rest[1..]}\n")
                )
        );
        return DataSetBuilder.Build(
            SampleRecords.Project(),
            folder.At("data.csv"),
            corrections,
            [],
            folder.At("out"),
            SampleRecords.Time,
            parent,
            deployed
        );
    }

    private IEnumerable<string> AllLines() =>
        Directory.EnumerateFiles(folder.At("out"), "*.csv", SearchOption.AllDirectories).SelectMany(File.ReadAllLines);
}
