using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Prepare;

[Collection("processes")]
public sealed class PrepareTests(ProcessingCloud jobs) : PrepareRuns(jobs), IClassFixture<ProcessingCloud>
{
    [Fact]
    public async Task The_first_version_is_uploaded_by_its_content_once()
    {
        Base(100);
        var report = await RunAsync("nobody");
        report.HasParent.ShouldBe("false");
        report.ParentReason.ShouldBe("Endpoint nobody does not exist yet: this is the first model.");
        report.TrainUri.ShouldBe($"s3://{ProcessingCloud.BucketName}/datasets/{report.DatasetVersion}/train/");
        (await cloud.KeysAsync($"datasets/{report.DatasetVersion}/")).ShouldBe([
            .. new[]
            {
                "manifest.json",
                "test/base.csv",
                "test/features.json",
                "test/recent.csv",
                "train/train.csv",
                "validation/validation.csv",
            }.Select(name => $"datasets/{report.DatasetVersion}/{name}"),
        ]);
        var train = await cloud.GetAsync($"datasets/{report.DatasetVersion}/train/train.csv");
        train.Split('\n').Length.ShouldBe(report.TrainRows + 1);
        Directory.Exists(folder.At("processing/scratch")).ShouldBeFalse();

        // The same content at another time gives the same version, and existing files stay unchanged.
        await cloud.PutAsync($"datasets/{report.DatasetVersion}/train/train.csv", "untouched");
        (await RunAsync("nobody", Now.AddDays(1))).DatasetVersion.ShouldBe(report.DatasetVersion);
        (await cloud.GetAsync($"datasets/{report.DatasetVersion}/train/train.csv")).ShouldBe("untouched");
    }

    [Fact]
    public async Task A_half_uploaded_version_is_completed()
    {
        Base(101);
        var version = (await RunAsync("nobody")).DatasetVersion;
        await cloud.S3.DeleteObjectAsync(ProcessingCloud.BucketName, $"datasets/{version}/manifest.json");
        await cloud.S3.DeleteObjectAsync(ProcessingCloud.BucketName, $"datasets/{version}/test/base.csv");
        await RunAsync("nobody");
        (await cloud.KeysAsync($"datasets/{version}/")).Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_malformed_line_is_set_aside_and_told_and_the_others_are_trained_on()
    {
        Base(140);
        Corrections(1, 10);
        folder.Write(
            "processing/input/corrections/2026/03/01/12/app.jsonl",
            "{\"id\":\"x\",\"joinKey\":\"visit-1\"}\n"
        );
        var report = await RunAsync("nobody");
        report.LabelsAdded.ShouldBe(10);
        report.SetAside.Lines.ShouldBe(1);
        report.SetAside.First.Single().ShouldStartWith("corrections/2026/03/01/12/app.jsonl:1: is not a Correction");
    }

    [Fact]
    public async Task Labels_that_a_system_delivers_are_trained_on()
    {
        Base(150);
        project = project with { Monitor = new MonitorDescription { AuditShare = 0.5 } };
        var lines = Enumerable.Range(0, 60).Select(i => Delivery(i)).ToList();
        await cloud.PutAsync(
            "captures/delivered/AllTraffic/2026/03/01/12/a.jsonl",
            string.Join('\n', lines.Select(one => one.Capture))
        );
        var key = "ground-truth/2026/03/01/12/nightly.jsonl";
        await cloud.PutAsync(key, string.Join('\n', lines.Select(one => one.Truth)));

        var report = await RunAsync("delivered");

        report.LabelsAdded.ShouldBe(60);
        report.RecentRows.ShouldBeGreaterThan(0);
        report.NotTaken.ShouldBe("");
        var manifest = RecordJson.Read<DataSetManifest>(
            await cloud.GetAsync($"datasets/{report.DatasetVersion}/manifest.json"),
            "manifest"
        );
        manifest.Corrections.Train.Count.ShouldBeGreaterThan(20);
        manifest.Corrections.All().Distinct().Count().ShouldBe(60);
        (await RunAsync("delivered")).DatasetVersion.ShouldNotBeEmpty();
        foreach (var made in (await cloud.KeysAsync("corrections/")).Append(key))
        {
            await cloud.S3.DeleteObjectAsync(ProcessingCloud.BucketName, made);
        }
    }

    private static (string Capture, string Truth) Delivery(int i)
    {
        var capture = CaptureLines.Line($"visit-{i}", $"{5000 + i},3", "no", encoding: "CSV", type: "text/csv");
        return (capture, new GroundTruthRecord { EventId = $"visit-{i}", Data = "yes" }.ToLine());
    }

    [Fact]
    public async Task The_program_reads_its_project_from_S3_and_writes_the_property_file()
    {
        Base(90);
        await cloud.PutAsync("projects/p.json", project.ToJson());
        var arguments = new[]
        {
            "prepare",
            "--project",
            $"s3://{ProcessingCloud.BucketName}/projects/p.json",
            "--endpoint",
            "nobody",
            "--commit",
            "abc123",
            "--trigger",
            "push",
        };
        using var run = ProgramRun.Dotnet("plumbline-jobs.dll", arguments, cloud.Environment(Folders));
        (await run.ExitCodeAsync()).ShouldBe(0, run.Output);
        run.Output.ShouldContain("this is the first model");
        var report = JsonNode.Parse(File.ReadAllText(folder.At("processing/output/prepare/prepare.json")))!;
        report["commit"]!.GetValue<string>().ShouldBe("abc123");
        report["parentModelUri"]!.GetValue<string>().ShouldBe("");
    }

    [Fact]
    public async Task Bad_base_data_ends_the_program_with_the_place_and_leaves_no_version()
    {
        folder.Write("processing/input/base/data.csv", "label,a\nyes,1\nmaybe,2\n");
        await cloud.PutAsync("projects/bad.json", project.ToJson());
        var before = (await cloud.KeysAsync("datasets/")).Count;
        var arguments = new[]
        {
            "prepare",
            "--project",
            $"s3://{ProcessingCloud.BucketName}/projects/bad.json",
            "--endpoint",
            "nobody",
        };
        using var run = ProgramRun.Dotnet("plumbline-jobs.dll", arguments, cloud.Environment(Folders));
        (await run.ExitCodeAsync()).ShouldBe(2, run.Output);
        File.ReadAllText(folder.At("output/message")).ShouldStartWith("data.csv:3: has the label 'maybe'");
        (await cloud.KeysAsync("datasets/")).Count.ShouldBe(before);
    }
}
