using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>
/// The jobs of a pipeline one after the other in the jobs image, each started like SageMaker does: with arguments after
/// the ENTRYPOINT, and inputs and outputs as folders. A local cloud provides S3 and the other services.
/// </summary>
[Collection("images")]
public sealed class ProcessingTests(BuiltImages images) : IAsyncLifetime
{
    private const string Bucket = "plumbline-moons-000000000000";
    private const string At = "2026-03-02T00:00:00Z";

    private static readonly ProjectDescription Project = ProjectDescription.Parse(
        """
        name: moons
        data: {file: data.csv, label: label}
        labels: [no, yes]
        """
    );

    private readonly TemporaryFolder folder = new();
    private readonly CloudHere cloud = new();
    private IAmazonS3 s3 = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await cloud.StartAsync();
        s3 = S3ClientFactory.Create(cloud.Connection);
        await s3.PutBucketAsync(Bucket);
        await PutAsync("projects/p.json", Project.ToJson());
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        s3.Dispose();
        await cloud.DisposeAsync();
        folder.Dispose();
    }

    [ProgramFact("bwrap", "patchelf", "dpkg-query")]
    public async Task The_jobs_of_a_pipeline_hand_each_other_their_files_in_the_jobs_image()
    {
        // Prepare.
        var rows = Enumerable.Range(0, 200).Select(row => row % 2 == 0 ? $"no,{row},0.5\n" : $"yes,{row},1.5\n");
        Write("prepare/processing/input/base/data.csv", "label,a,b\n" + string.Concat(rows));
        Write("prepare/processing/input/corrections/README.txt", "Nobody has corrected anything yet.\n");
        string[] prepare = ["prepare", "--endpoint", "moons", "--commit", "abc123", "--trigger", "push", "--at", At];
        await RunAsync("prepare", prepare);
        var prepared = JsonNode.Parse(Read("prepare/processing/output/prepare/prepare.json"))!;
        var dataSet = Layout.DataSet((string)prepared["datasetVersion"]!);

        // Train.
        await DownloadAsync(dataSet + "train/", "train/input/data/train");
        await DownloadAsync(dataSet + "validation/", "train/input/data/validation");
        Write("train/input/config/hyperparameters.json", JsonSerializer.Serialize(Project.JobHyperparameters(5)));
        Write(
            "train/input/config/inputdataconfig.json",
            """{"train": {"ContentType": "text/csv"}, "validation": {"ContentType": "text/csv"}}"""
        );
        Directory.CreateDirectory(folder.At("train", "model"));
        (await StartAsync("train", ["train"])).Succeeded().ShouldContain("model of 5 rounds saved");

        // Evaluate each of the three models, and compare them.
        foreach (var role in (string[])["old", "new", "production"])
        {
            await DownloadAsync(dataSet + "test/", $"{role}/processing/input/test");
            var model = Directory.CreateDirectory(folder.At(role, "processing", "input", "model")).FullName;
            string[] pack = ["-C", folder.At("train", "model"), "-czf", Path.Combine(model, "model.tar.gz"), "."];
            (await Shell.RunAsync("tar", pack)).Succeeded();
            (await RunAsync(role, ["evaluate", "--role", role])).ShouldContain($"{role} model: ");
            Directory.CreateDirectory(folder.At("compare", "processing", "input"));
            Directory.Move(
                folder.At(role, "processing", "output", "evaluation"),
                folder.At("compare", "processing", "input", role)
            );
        }

        await RunAsync("compare", ["compare"]);
        var comparison = JsonNode.Parse(Read("compare/processing/output/comparison/comparison.json"))!;
        comparison["new"]!["approvalStatus"].ShouldNotBeNull();

        // Monitor.
        string[] monitor =
        [
            "monitor",
            "--endpoint",
            "moons",
            "--schedule",
            "moons-monitor",
            "--alarm",
            "moons-accuracy",
        ];
        await RunAsync("monitor", [.. monitor, "--at", At, "--from", "none", "--to", "none"]);
        var run = Layout.MonitorRun(DateTimeOffset.Parse(At, CultureInfo.InvariantCulture));
        (await s3.GetObjectMetadataAsync(Bucket, run + "report.json")).ContentLength.ShouldBeGreaterThan(0);
    }

    [ProgramFact("bwrap", "patchelf", "dpkg-query")]
    public async Task A_job_that_cannot_go_on_says_why_in_the_file_that_SageMaker_reads()
    {
        Write("prepare/processing/input/base/data.csv", "label,a\nyes,1\nmaybe,2\n");
        Write("prepare/processing/input/corrections/README.txt", "Nobody has corrected anything yet.\n");

        var ended = await StartAsync("prepare", [.. (string[])["prepare", "--endpoint", "moons"], .. OfProject]);

        ended.ExitCode.ShouldBe(2);
        Read("prepare/output/message").ShouldStartWith("data.csv:3: has the label 'maybe'");
    }

    private static string[] OfProject => ["--project", $"s3://{Bucket}/projects/p.json"];

    private async Task<string> RunAsync(string job, string[] arguments) =>
        (await StartAsync(job, [.. arguments, .. OfProject])).Succeeded();

    private async Task<ShellResult> StartAsync(string job, string[] arguments)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = cloud.Cloud.Endpoint.ToString(),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = cloud.Cloud.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = cloud.Cloud.SecretAccessKey,
        };
        var ml = Directory.CreateDirectory(folder.At(job)).FullName;
        var container = (await images.JobsAsync()).Container(arguments, ml, sharesNetwork: true, variables);
        return await Shell.RunAsync(container[0], container.Skip(1));
    }

    private async Task DownloadAsync(string prefix, string to)
    {
        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix });
        listed.S3Objects.ShouldNotBeEmpty();
        foreach (var one in listed.S3Objects)
        {
            using var got = await s3.GetObjectAsync(Bucket, one.Key);
            using var reader = new StreamReader(got.ResponseStream);
            Write($"{to}/{one.Key[prefix.Length..]}", await reader.ReadToEndAsync());
        }
    }

    private Task PutAsync(string key, string text) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = key,
                ContentBody = text,
            }
        );

    private string Read(string path) => File.ReadAllText(folder.At(path));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        File.WriteAllText(folder.At(path), text);
    }
}
