using System.IO.Compression;
using System.Text;
using Amazon.S3.Model;
using Parquet;
using Parquet.Schema;
using Plumbline.Aws.Client;
using Plumbline.Jobs.GroundTruth;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.GroundTruth;

/// <summary>Files of truths that other tools put into <c>truth/</c>.</summary>
public sealed class TruthDropTests : IAsyncLifetime
{
    private const string Hour = "2026/03/01/12";
    private readonly ProcessingCloud cloud = new();
    private readonly DateTimeOffset now = DateTimeOffset.UtcNow.AddHours(2);

    private ProjectDescription project = new()
    {
        Name = "sample",
        Data = new DataDescription(),
        Labels = ["cat", "dog"],
        Monitor = new MonitorDescription { AuditShare = 1 },
    };

    private BucketClient Bucket => new(cloud.S3, ProcessingCloud.BucketName);

    public async Task InitializeAsync()
    {
        await cloud.InitializeAsync();
        var lines = "abcdefgh".Select(key =>
            CaptureLines.Line($"{key}", "1,2", "cat", encoding: "CSV", type: "text/csv") + "\n"
        );
        await cloud.PutAsync($"captures/pets/AllTraffic/{Hour}/a.jsonl", string.Concat(lines));
    }

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task Files_of_every_form_become_corrections_that_say_who_and_why()
    {
        await cloud.PutAsync("truth/march.csv", "key,label\na,dog\nb,cat\n");
        await cloud.PutAsync("truth/sub/lines.jsonl", """{"key":"c","label":"dog"}""");
        await PutAsync("truth/packed.csv.gz", Gzip("key,label\nd,dog\n"));
        await PutAsync(
            "truth/named.csv",
            Encoding.UTF8.GetBytes("animal,is\ne,dog\n"),
            ("key", "animal"),
            ("label", "is"),
            ("who", "vet"),
            ("reason", "seen%20twice")
        );
        await cloud.PutAsync("truth/_SUCCESS", "");

        var state = await RunAsync();

        var taken = (await CorrectionsAsync()).ToDictionary(one => one.JoinKey);
        taken.Keys.Order().ShouldBe(["a", "b", "c", "d", "e"]);
        taken["a"].Label.ShouldBe("dog");
        taken["a"].List.ShouldBe(ReviewList.Audit);
        taken["a"].Reviewer.ShouldMatch(@"^s3://.*/ground-truth/.*/drop-[0-9a-f]{16}\.jsonl truth/march\.csv$");
        (taken["e"].Reviewer.Split(' ')[1], taken["e"].Reason).ShouldBe(("vet", "seen twice"));
        state.Drops["truth/march.csv"].Truths.ShouldBe(2);
        state.Sentence(DateTimeOffset.MinValue).ShouldBe("");
        (await cloud.GetAsync("monitor/truth/march.csv.json")).ShouldContain("\"truths\": 2");
    }

    [Fact]
    public async Task A_file_with_one_invalid_line_is_refused_whole_and_taken_when_it_is_right()
    {
        await cloud.PutAsync("truth/bad.csv", "key,label\na,dog\nb,wolf\n");
        await cloud.PutAsync("truth/table.xlsx", "PK");
        await PutAsync("truth/broken.csv.gz", [0x1f, 0x8b, 1]);

        var first = await RunAsync();
        (await CorrectionsAsync()).ShouldBeEmpty();
        first
            .Drops["truth/bad.csv"]
            .Problem.ShouldBe(
                "truth/bad.csv:3: has the label 'wolf', which is not one of labels: cat, dog\nNothing was imported."
            );
        first.Drops["truth/table.xlsx"].Problem!.ShouldContain("its name must end in .csv");
        first.Drops["truth/broken.csv.gz"].Problem!.ShouldContain("cannot be unpacked");
        first.Refused().ShouldStartWith(" 3 files of truths are refused: truth/");
        (await cloud.GetAsync("monitor/truth/bad.csv.json")).ShouldContain("truth/bad.csv:3: has the label");
        var told = (await RunAsync()).Refused();
        told.ShouldBe(first.Refused());

        await cloud.PutAsync("truth/bad.csv", "key,label\na,dog\nb,cat\n");
        await cloud.S3.DeleteObjectAsync(ProcessingCloud.BucketName, "truth/table.xlsx");
        await cloud.S3.DeleteObjectAsync(ProcessingCloud.BucketName, "truth/broken.csv.gz");
        var state = await RunAsync();

        state.Refused().ShouldBe("");
        (await CorrectionsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_hundred_thousand_truths_of_a_parquet_file_are_one_delivery()
    {
        DataField[] fields = [new DataField<string>("key"), new DataField<string>("label")];
        using var file = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. fields]), file))
        {
            using var group = writer.CreateRowGroup();
            string[] keys = [.. Enumerable.Range(0, 100_000).Select(i => i == 0 ? "a" : $"visit-{i:0000000}")];
            await group.WriteAsync(fields[0], keys);
            await group.WriteAsync(fields[1], (string[])[.. keys.Select((_, i) => i % 3 == 0 ? "dog" : "cat")]);
        }

        await PutAsync("truth/all.parquet", file.ToArray());
        await PutAsync("truth/short.parquet", file.ToArray()[..^2000]);

        var state = await RunAsync();

        state.Drops["truth/all.parquet"].Truths.ShouldBe(100_000);
        state.Drops["truth/short.parquet"].Problem!.ShouldStartWith("truth/short.parquet");
        var only = (await cloud.KeysAsync(Layout.GroundTruth)).Single();
        (await cloud.GetAsync(only)).Count(one => one == '\n').ShouldBe(100_000);
        (await CorrectionsAsync()).Single().JoinKey.ShouldBe("a");
    }

    [Fact]
    public async Task A_label_that_the_project_gets_later_makes_a_refused_file_right()
    {
        await cloud.PutAsync("truth/wolf.csv", "key,label\na,wolf\n");
        await RunAsync();

        project = project with { Labels = ["cat", "dog", "wolf"] };
        await RunAsync();

        (await CorrectionsAsync()).Single().Label.ShouldBe("wolf");
    }

    /// <summary>The prefixes that a run writes last: what a run had not written yet when it was killed.</summary>
    [Theory]
    [InlineData(Layout.Intake)]
    [InlineData(Layout.Corrections)]
    [InlineData("monitor/truth/", Layout.Corrections)]
    [InlineData(Layout.GroundTruth, "monitor/truth/", Layout.Corrections)]
    public async Task A_run_that_is_killed_between_two_steps_loses_nothing_and_takes_nothing_twice(
        params string[] unwritten
    )
    {
        await cloud.PutAsync("truth/one.csv", "key,label\na,dog\nb,cat\n");
        await RunAsync();
        var delivered = await cloud.KeysAsync(Layout.GroundTruth);
        foreach (var prefix in unwritten)
        {
            foreach (var key in await cloud.KeysAsync(prefix))
            {
                await cloud.S3.DeleteObjectAsync(ProcessingCloud.BucketName, key);
            }
        }

        await Task.WhenAll(RunAsync(), RunAsync());
        await RunAsync();

        (await cloud.KeysAsync(Layout.GroundTruth)).ShouldBe(delivered);
        (await cloud.KeysAsync("monitor/truth/")).ShouldBe(["monitor/truth/one.csv.json"]);

        (await CorrectionsAsync()).Select(one => one.JoinKey).Order().ShouldBe(["a", "b"]);
    }

    private async Task<GroundTruthIntake> RunAsync()
    {
        var (state, _) = await new Intake(Bucket, project, "pets", now).RunAsync(CancellationToken.None);
        return state;
    }

    private async Task<List<Correction>> CorrectionsAsync()
    {
        var all = new List<Correction>();
        foreach (var key in await cloud.KeysAsync(Layout.Corrections))
        {
            if (key.EndsWith(Layout.Lines, StringComparison.Ordinal))
            {
                all.AddRange(CorrectionLog.Read((await cloud.GetAsync(key)).Split('\n'), key, new SetAside()));
            }
        }

        return all;
    }

    private Task PutAsync(string key, byte[] content, params (string Name, string Value)[] metadata)
    {
        var request = new PutObjectRequest
        {
            BucketName = ProcessingCloud.BucketName,
            Key = key,
            InputStream = new MemoryStream(content),
        };
        foreach (var (name, value) in metadata)
        {
            request.Metadata[name] = value;
        }

        return cloud.S3.PutObjectAsync(request);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
