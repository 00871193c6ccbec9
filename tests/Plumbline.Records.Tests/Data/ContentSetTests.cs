using System.Text.Json.Nodes;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

/// <summary>Data set versions whose examples are contents.</summary>
public sealed class ContentSetTests : IDisposable
{
    private static readonly DataDescription Halves = new()
    {
        Format = SourceFormat.Manifest,
        HoldOut = 0.4,
        Validation = 0.2,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_example_is_on_the_side_of_its_key_with_its_place_in_S3()
    {
        var manifest = Build();

        var rule = SplitRule.Of(Halves);
        foreach (var (side, files) in Sides())
            files.ShouldAllBe(one => rule.SideOf(SplitKey.Parse(one.Key)!.Value) == side);
        All().Count.ShouldBe(60);
        var one = All()[0];
        one.SourceRef.ShouldBe($"s3://bucket/content/{one.Content.Sha256}.txt");
        manifest.Base.Train.ShouldBe(Lines("train/examples.jsonl").Count);
        manifest.Version.ShouldBe(Build(time: SampleRecords.Time.AddDays(1)).Version);
        RecordJson
            .Read<DataSetManifest>(RecordJson.WriteDocument(manifest), "manifest")
            .Version.ShouldBe(manifest.Version);
    }

    [Fact]
    public void A_manifest_in_SageMakers_form_lists_the_files_of_training_and_another_one_those_of_the_test()
    {
        Build();

        var train = JsonNode.Parse(File.ReadAllText(folder.At("out/contents/train.manifest")))!.AsArray();
        var test = JsonNode.Parse(File.ReadAllText(folder.At("out/contents/test.manifest")))!.AsArray();

        train[0]!["prefix"]!.GetValue<string>().ShouldBe("s3://bucket/content/");
        string[] Names(params string[] files) =>
            [.. files.SelectMany(Lines).Select(one => one.Content.Name).Order(StringComparer.Ordinal)];
        train
            .Skip(1)
            .Select(one => one!.GetValue<string>())
            .Order(StringComparer.Ordinal)
            .ShouldBe(Names("train/examples.jsonl", "validation/examples.jsonl"));
        test.Skip(1)
            .Select(one => one!.GetValue<string>())
            .Order(StringComparer.Ordinal)
            .ShouldBe(Names("test/base.jsonl"));
    }

    [Fact]
    public void Equal_objects_in_S3_are_both_among_the_files_and_equal_files_of_the_project_are_one()
    {
        var project = SampleRecords.Project(
            Halves with
            {
                File = "s3://photos/",
                Sources = ["s3://photos/"],
                Format = SourceFormat.Folders,
            }
        );
        var list = folder.At("list.jsonl");
        File.WriteAllText(
            list,
            string.Concat(
                Enumerable
                    .Range(0, 60)
                    .SelectMany(i =>
                        new[]
                        {
                            InS3(Text(i), $"a/{i}.txt"),
                            InS3(Text(i), $"b/{i}.txt"),
                            InS3(Text(i), $"b/{i}.txt"),
                            InS3(Text(100 + i), place: null),
                            InS3(Text(100 + i), place: null),
                        }
                    )
                    .Select(one => one.ToLine() + "\n")
            )
        );

        ContentSetBuilder.Build(project, list, [], [], folder.At("out"), SampleRecords.Time, "bucket");

        string[] files =
        [
            .. Enumerable
                .Range(0, 2)
                .SelectMany(place =>
                    new[] { DataSetFiles.TrainContents(place), DataSetFiles.TestContents(place) }.SelectMany(name =>
                        JsonNode
                            .Parse(File.ReadAllText(folder.At("out", name)))!
                            .AsArray()
                            .Skip(1)
                            .Select(one => $"{DataSetFiles.ChannelOf(place)}/{one}")
                    )
                )
                .Order(StringComparer.Ordinal),
        ];
        files.ShouldBeUnique();
        files.ShouldBe(All().Select(one => one.File!).Distinct().Order(StringComparer.Ordinal));
        All().Count.ShouldBe(4 * 60);
    }

    [Fact]
    public void The_latest_correction_of_a_content_counts_whoever_asked_about_it()
    {
        var text = On(Side.Train, 1000);
        var manifest = Build([Correction(1, text, "cat"), Correction(2, text, "dog", ReviewList.Volunteered)]);

        var learned = All().Single(one => one.Origin == ExampleOrigin.Correction);
        learned.Label.ShouldBe("dog");
        learned.Id.ShouldBe(SampleRecords.Id(2).ToString());
        manifest.Corrections.Train.ShouldBe([SampleRecords.Id(2)]);
        manifest.Corrections.Superseded.ShouldBe([SampleRecords.Id(1)]);
    }

    [Fact]
    public void A_correction_of_a_content_of_the_base_data_replaces_its_label()
    {
        var text = Enumerable.Range(0, 60).Select(Text).First(text => SideOf(text) == Side.Train);
        All(Build()).Single(one => one.Content == Pinned(text)).Label.ShouldBe("cat");

        var manifest = Build([Correction(1, text, "dog")]);

        var example = All().Single(one => one.Content == Pinned(text));
        (example.Label, example.Class, example.Origin).ShouldBe(("dog", 1, ExampleOrigin.Base));
        manifest.Corrections.Train.ShouldBe([SampleRecords.Id(1)]);
    }

    [Fact]
    public void A_content_on_the_test_side_judges_once_if_it_is_of_the_audit_sample()
    {
        var text = On(Side.Test, 1000);

        Build([Correction(1, text, "dog", ReviewList.Uncertain)]).Corrections.Train.ShouldBe([SampleRecords.Id(1)]);

        var first = Build([Correction(2, text, "dog")]);
        first.Corrections.Recent.ShouldBe([SampleRecords.Id(2)]);
        Lines("test/recent.jsonl").Single().Content.ShouldBe(Pinned(text));

        Build([Correction(2, text, "dog")], parent: first).Corrections.Train.ShouldBe([SampleRecords.Id(2)]);
        Lines("test/recent.jsonl").ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_used_is_listed_by_its_reason()
    {
        var data = Halves with { SplitKey = @"patient-(\d+)" };

        var manifest = Build(
            [
                SampleRecords.Correction(1, "1,2"),
                Correction(2, "a", "bird"),
                Correction(3, "b", "dog"),
                Correction(4, "c", "dog") with
                {
                    JoinKey = "patient-7/scan",
                },
                Correction(5, Text(3), "cat"),
            ],
            data
        );

        manifest
            .Corrections.Unusable.Select(one => (one.Key, one.Value.Single()))
            .ShouldBe([
                ("a row of a table, not content", SampleRecords.Id(1)),
                ("entity unknown", SampleRecords.Id(3)),
                ("label is not one of labels", SampleRecords.Id(2)),
            ]);
        manifest.Corrections.All().ShouldContain(SampleRecords.Id(5));
    }

    [Fact]
    public void Too_few_examples_are_refused()
    {
        Should
            .Throw<UserError>(() => Build(examples: 1))
            .Message.ShouldMatch("^said.jsonl: no example is .*: 1 example is too few");
    }

    private static Example InS3(string text, string? place) =>
        new()
        {
            SourceRef = place is null ? null : $"s3://photos/{place}",
            ETag = place is null ? null : "1",
            Label = "cat",
            Class = 0,
            Content = Pinned(text),
            Key = Pinned(text).Sha256,
            Id = place ?? text,
            Origin = ExampleOrigin.Base,
        };

    private static string Text(int number) => $"This is text {number}";

    private static Content Pinned(string text) => Content.Of(System.Text.Encoding.UTF8.GetBytes(text), "text/plain");

    private static Side SideOf(string text) => SplitRule.Of(Halves).SideOf(SplitKey.Parse(Pinned(text).Sha256)!.Value);

    private static string On(Side side, int from) =>
        Enumerable.Range(from, 1000).Select(Text).First(text => SideOf(text) == side);

    private static Correction Correction(int order, string text, string label, ReviewList list = ReviewList.Audit) =>
        SampleRecords.Correction(order, text, label, list) with
        {
            Content = Pinned(text),
        };

    private DataSetManifest Build(
        IReadOnlyList<Correction>? corrections = null,
        DataDescription? data = null,
        int examples = 60,
        DateTimeOffset? time = null,
        DataSetManifest? parent = null
    )
    {
        var project = SampleRecords.Project((data ?? Halves) with { File = "said.jsonl" });
        folder.Write(
            "said.jsonl",
            string.Concat(
                Enumerable
                    .Range(0, examples)
                    .Select(i => $$"""{"source":"{{Text(i)}}","label":"cat","id":"patient-{{i}}"}""" + "\n")
            )
        );
        var list = folder.At("list.jsonl");
        File.WriteAllBytes(list, BaseContents.Read(project, folder.Path).ToList());
        return ContentSetBuilder.Build(
            project,
            list,
            corrections ?? [],
            [],
            folder.At("out"),
            time ?? SampleRecords.Time,
            "bucket",
            parent
        );
    }

    private List<Example> Lines(string file) => [.. Example.ReadFile(folder.At("out", file))];

    private IEnumerable<(Side Side, IReadOnlyList<Example> Examples)> Sides() =>
        [
            (Side.Train, Lines("train/examples.jsonl")),
            (Side.Validation, Lines("validation/examples.jsonl")),
            (Side.Test, Lines("test/base.jsonl")),
        ];

    private List<Example> All(DataSetManifest? _ = null) => [.. DataSetFiles.OfContents.All.SelectMany(Lines)];
}
