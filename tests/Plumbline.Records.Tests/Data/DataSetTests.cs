using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

public sealed class DataSetTests : IDisposable
{
    private static readonly DataDescription Halves = new() { HoldOut = 0.4, Validation = 0.2 };
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_are_headerless_with_the_class_index_first_and_cells_as_they_were()
    {
        Base("a,label,b", "1.50,dog,2", "3,cat,", Filler("{1},{0},7"));
        var manifest = Build();
        var lines = AllLines();
        lines.ShouldContain("1,1.50,2");
        lines.ShouldContain("0,3,");
        manifest.Features.ShouldBe(["a", "b"]);
        File.ReadAllText(folder.At("out/" + DataSetBuilder.FeaturesFile)).ShouldBe("[\"a\",\"b\"]\n");
        manifest.Base.Train.ShouldBe(File.ReadAllLines(folder.At("out/" + DataSetBuilder.TrainFile)).Length);
    }

    [Fact]
    public void The_version_follows_from_the_content_and_not_from_the_time()
    {
        Base("label,a,b", Filler());
        var version = Build().Version;
        version.ShouldMatch("^[0-9a-f]{16}$");
        Build(time: SampleRecords.Time.AddDays(1)).Version.ShouldBe(version);
        Build([SampleRecords.Correction(1, "500,1")]).Version.ShouldNotBe(version);
        RecordJson.Read<DataSetManifest>(RecordJson.WriteDocument(Build()), "manifest").Version.ShouldBe(version);
    }

    [Fact]
    public void The_latest_correction_of_a_prediction_counts_and_the_earlier_ones_stay_known()
    {
        Base("label,a,b", Filler());
        var manifest = Build([
            SampleRecords.Correction(1, "500,1", "dog", joinKey: "k"),
            SampleRecords.Correction(2, "500,1", "cat", ReviewList.Volunteered, joinKey: "k"),
        ]);
        AllLines().Count(line => line.EndsWith(",500,1", StringComparison.Ordinal)).ShouldBe(1);
        AllLines().ShouldContain("0,500,1");
        manifest.Corrections.Superseded.ShouldBe([SampleRecords.Id(1)]);
    }

    [Fact]
    public void An_audit_row_on_the_test_side_judges_first_and_is_learned_by_the_next_version()
    {
        Base("label,a,b", Filler());
        var onTest = OnTest();
        var first = Build([SampleRecords.Correction(1, onTest)]);
        first.Corrections.Recent.ShouldBe([SampleRecords.Id(1)]);
        File.ReadAllLines(folder.At("out/" + DataSetBuilder.RecentFile)).ShouldBe([$"0,{onTest}"]);

        var next = Build([SampleRecords.Correction(1, onTest), SampleRecords.Correction(2, onTest)], parent: first);
        next.Corrections.Train.ShouldBe([SampleRecords.Id(1), SampleRecords.Id(2)]);
        next.Corrections.Recent.ShouldBeEmpty("the models of this line have learned the same row");
        Build([SampleRecords.Correction(1, onTest)]).Corrections.Recent.ShouldBe([SampleRecords.Id(1)]);
    }

    [Fact]
    public void A_row_that_nobody_audits_is_learned_unless_it_would_leak()
    {
        Base("label,a,b", Filler());
        var onTest = OnTest();
        var uncertain = SampleRecords.Correction(1, onTest, list: ReviewList.Uncertain);
        Build([uncertain]).Corrections.Train.ShouldBe([SampleRecords.Id(1)]);
        var judged = Build([uncertain, SampleRecords.Correction(2, onTest)]).Corrections;
        judged.HeldBack.ShouldBe([SampleRecords.Id(1)]);
        judged.Recent.ShouldBe([SampleRecords.Id(2)]);
    }

    [Fact]
    public void A_row_that_the_base_data_holds_out_is_never_learned()
    {
        Base("label,a,b", Filler());
        Build();
        var heldOut = File.ReadAllLines(folder.At("out/" + DataSetBuilder.BaseFile))[0][2..];
        SampleRecords.Correction(1, heldOut).Features.ShouldBe(heldOut);
        var first = Build([SampleRecords.Correction(1, heldOut)]);
        first.Corrections.Recent.ShouldBe([SampleRecords.Id(1)]);
        Build([SampleRecords.Correction(1, heldOut)], parent: first)
            .Corrections.HeldBack.ShouldBe([SampleRecords.Id(1)]);
    }

    [Fact]
    public void Unusable_corrections_are_left_out_and_named()
    {
        Base("label,a,b", Filler());
        var manifest = Build([
            SampleRecords.Correction(1, "1"),
            SampleRecords.Correction(2, "1,x"),
            SampleRecords.Correction(3, "1,2", label: "bird"),
        ]);
        manifest.Corrections.Unusable["another number of columns"].ShouldBe([SampleRecords.Id(1)]);
        manifest.Corrections.Unusable["a cell is not a number"].ShouldBe([SampleRecords.Id(2)]);
        manifest.Corrections.Unusable["label is not one of labels"].ShouldBe([SampleRecords.Id(3)]);
    }

    [Fact]
    public void All_rows_of_an_entity_are_on_one_side_and_a_correction_without_its_entity_goes_nowhere()
    {
        var rows = Enumerable.Range(0, 200).Select(i => $"cat,{i},owner-{i / 5}");
        Base("label,a,owner", string.Join('\n', rows));
        var data = Halves with { SplitKey = "owner" };
        var entity = SplitKey.OfEntity("owner-7");
        var manifest = Build(
            [SampleRecords.Correction(1, "900", splitKey: entity.ToString()), SampleRecords.Correction(2, "901")],
            data: data
        );
        manifest.Features.ShouldBe(["a"]);
        manifest.Corrections.Unusable["entity unknown"].ShouldBe([SampleRecords.Id(2)]);
        var side = SplitRule.Of(data).SideOf(entity);
        var corrections = manifest.Corrections;
        (
            side == Side.Test ? corrections.Recent
            : side == Side.Train ? corrections.Train
            : corrections.Validation
        ).ShouldBe([SampleRecords.Id(1)]);
        var train = File.ReadAllLines(folder.At("out/" + DataSetBuilder.TrainFile))
            .Select(line => int.Parse(line.Split(',')[1]) / 5);
        var test = File.ReadAllLines(folder.At("out/" + DataSetBuilder.BaseFile))
            .Select(line => int.Parse(line.Split(',')[1]) / 5);
        train.Intersect(test).ShouldBeEmpty();
    }

    [Fact]
    public void Split_by_time_the_newest_rows_judge()
    {
        Base("label,a", string.Join('\n', Enumerable.Range(0, 100).Select(i => $"cat,{i}")));
        Build(data: Halves with { Split = SplitMethod.Time });
        File.ReadAllLines(folder.At("out/" + DataSetBuilder.TrainFile))
            .ShouldBe(Enumerable.Range(0, 40).Select(i => $"0,{i}"));
        File.ReadAllLines(folder.At("out/" + DataSetBuilder.ValidationFile))
            .ShouldBe(Enumerable.Range(40, 20).Select(i => $"0,{i}"));
        File.ReadAllLines(folder.At("out/" + DataSetBuilder.BaseFile))
            .ShouldBe(Enumerable.Range(60, 40).Select(i => $"0,{i}"));
    }

    [Theory]
    [InlineData("label,a\ncat,1\nbird,2\n", "data.csv:3: has the label 'bird', which is not one of labels: cat, dog")]
    [InlineData("label,a\ncat,1\ncat,x1\n", "data.csv:3: has 'x1' in column 'a', which is not a number")]
    [InlineData("label,a\ncat,1\ncat,1,2\n", "data.csv:3: has 3 cells; the header names 2 columns")]
    [InlineData("Label,a\ncat,1\n", "data.csv:1: has no column 'label', which data.label names; did you mean 'Label'?")]
    [InlineData("label\ncat\n", "data.csv:1: has no feature column besides the label")]
    [InlineData("label,a,a\ncat,1,2\n", "data.csv:1: names the column 'a' twice")]
    [InlineData("", "data.csv:1: is empty")]
    [InlineData("label,a\ncat,1\n", "data.csv: no row is")]
    public void Bad_base_data_is_named_with_its_line(string csv, string message)
    {
        folder.Write("data.csv", csv);
        Should.Throw<UserError>(() => Build()).Message.ShouldStartWith(message);
    }

    [Fact]
    public void Corrections_are_read_from_all_hours_oldest_first()
    {
        folder.Write(
            "corrections/2026/03/01/11/b.jsonl",
            CorrectionLog.ToLine(SampleRecords.Correction(2, "1,2")) + "\n"
        );
        folder.Write(
            "corrections/2026/03/01/12/a.jsonl",
            CorrectionLog.ToLine(SampleRecords.Correction(1, "1,2")) + "\n\n"
        );
        var read = CorrectionLog.ReadFolder(folder.At("corrections"), new SetAside());
        read.Select(correction => correction.Id).ShouldBe([SampleRecords.Id(1), SampleRecords.Id(2)]);
        read[0].ShouldBe(SampleRecords.Correction(1, "1,2"));
        CorrectionLog.ReadFolder(folder.At("nothing"), new SetAside()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"id\":1}", "is not a Correction")]
    [InlineData("nonsense", "is not a Correction")]
    [InlineData("{\"id\":\"x\",\"joinKey\":\"visit-1\",\"label\":\"yes\"}", "Path: $.id")]
    [InlineData("[]", "is not a Correction")]
    [InlineData("null", "is empty")]
    public void A_line_that_is_not_a_correction_is_set_aside_with_its_object_and_line(string line, string problem)
    {
        var good = CorrectionLog.ToLine(SampleRecords.Correction(1, "1,2"));
        folder.Write("c/2026/x.jsonl", $"{good}\n\n{line}\n");
        var aside = new SetAside();
        CorrectionLog.ReadFolder(folder.At("c"), aside).Single().Id.ShouldBe(SampleRecords.Id(1));
        aside.Lines.ShouldBe(1);
        aside.First.Single().ShouldStartWith("corrections/2026/x.jsonl:3: ");
        aside.First.Single().ShouldContain(problem);
        aside.First.Single().ShouldNotContain("BytePosition");
        aside.Sentence().ShouldStartWith(" 1 line cannot be read and is set aside: corrections/2026/x.jsonl:3: ");
    }

    [Theory]
    [InlineData("joinKey")]
    [InlineData("features")]
    [InlineData("label")]
    public void A_correction_without_a_text_that_it_needs_is_set_aside(string name)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(CorrectionLog.ToLine(SampleRecords.Correction(1, "1,2")))!;
        node[name] = null;
        CorrectionLog.TryParse(node.ToJsonString(), out _, out var problem).ShouldBeFalse();
        problem!.ShouldContain($"$.{name}");
    }

    [Fact]
    public void Many_lines_are_counted_and_the_first_ones_are_named()
    {
        folder.Write("c/a.jsonl", string.Concat(Enumerable.Repeat("nonsense\n", 30)));
        folder.Write("c/b.jsonl", "nonsense\n");
        var aside = new SetAside();
        CorrectionLog.ReadFolder(folder.At("c"), aside).ShouldBeEmpty();
        aside.Lines.ShouldBe(31);
        aside.First.Count.ShouldBe(5);
        aside.Sentence().ShouldEndWith("; ...");
    }

    [Fact]
    public void What_was_said_again_and_what_was_learned_is_not_new()
    {
        AnswerKey[] answers =
        [
            new("a", SampleRecords.Id(1), "cat"),
            new("a", SampleRecords.Id(2), "cat"),
            new("b", SampleRecords.Id(3), "dog"),
        ];
        AnswerKey.CountNew(answers, new HashSet<Guid>()).ShouldBe(2);
        AnswerKey.CountNew(answers, new HashSet<Guid> { SampleRecords.Id(1) }).ShouldBe(1);
        AnswerKey
            .CountNew([.. answers, new("a", SampleRecords.Id(4), "dog")], new HashSet<Guid> { SampleRecords.Id(1) })
            .ShouldBe(2);
    }

    private static string Filler(string format = "{0},{1},7") =>
        string.Join('\n', Enumerable.Range(0, 60).Select(i => string.Format(format, i % 2 == 0 ? "cat" : "dog", i)));

    private void Base(string header, params string[] lines) =>
        folder.Write("data.csv", header + "\n" + string.Join('\n', lines) + "\n");

    private DataSetManifest Build(
        IReadOnlyList<Correction>? corrections = null,
        DataDescription? data = null,
        DateTimeOffset? time = null,
        DataSetManifest? parent = null
    ) =>
        DataSetBuilder.Build(
            SampleRecords.Project(data ?? Halves),
            folder.At("data.csv"),
            corrections ?? [],
            [],
            folder.At("out"),
            time ?? SampleRecords.Time,
            parent
        );

    private static string OnTest() =>
        Enumerable
            .Range(1000, 1000)
            .Select(i => $"{i},1")
            .First(row => SplitRule.Of(Halves).SideOf(SplitKey.OfRow(row)) == Side.Test);

    private string[] AllLines() =>
        [
            .. File.ReadAllLines(folder.At("out/" + DataSetBuilder.TrainFile)),
            .. File.ReadAllLines(folder.At("out/" + DataSetBuilder.ValidationFile)),
            .. File.ReadAllLines(folder.At("out/" + DataSetBuilder.RecentFile)),
            .. File.ReadAllLines(folder.At("out/" + DataSetBuilder.BaseFile)),
        ];
}
