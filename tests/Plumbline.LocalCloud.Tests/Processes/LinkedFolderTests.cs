using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>A job replaces a results folder, or a folder above it, with a link to a folder of this machine.</summary>
[Collection("processes")]
public sealed class LinkedFolderTests : IClassFixture<JobCloud>, IDisposable
{
    private readonly JobCloud cloud;
    private readonly TemporaryFolder outside = new();

    public LinkedFolderTests(JobCloud cloud)
    {
        this.cloud = cloud;
        foreach (var name in (string[])["data", "checkpoints", "results", "model"])
        {
            Directory.CreateDirectory(outside.At(name));
            File.WriteAllText(outside.At($"{name}/secret"), "not for S3");
        }
    }

    public void Dispose() => outside.Dispose();

    [Theory]
    [InlineData("output", true)]
    [InlineData("output", false)]
    [InlineData("deep", true)]
    [InlineData("model", true)]
    [InlineData("model", false)]
    public async Task A_training_job_stores_nothing_that_a_link_leads_to(string linked, bool isCompressed)
    {
        var name = $"linked-{Guid.NewGuid():N}"[..20];
        var target = linked == "model" ? outside.At("model") : outside.Path;

        var job = await cloud.TrainAsync(
            JobCloud.Training(
                name,
                $"cd /opt/ml; mkdir -p model; echo mine > model/mine; rm -rf {linked}; ln -s {target} {linked}",
                request =>
                {
                    request["CheckpointConfig"] = new JsonObject
                    {
                        ["S3Uri"] = $"s3://{JobCloud.Bucket}/models/{name}/deep",
                        ["LocalPath"] = "/opt/ml/deep/checkpoints",
                    };
                    request.Object("OutputDataConfig")!["CompressionType"] = isCompressed ? "GZIP" : "NONE";
                }
            )
        );

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        var kept = linked == "model" ? [] : new[] { isCompressed ? "model.tar.gz" : "model/mine" };
        (await cloud.KeysAsync($"models/{name}/")).ShouldBe(kept.Select(key => $"models/{name}/output/{key}"));
    }

    [Theory]
    [InlineData("EndOfJob")]
    [InlineData("Continuous")]
    public async Task A_processing_job_stores_nothing_that_a_link_leads_to(string mode)
    {
        var name = $"linked-{Guid.NewGuid():N}"[..20];
        var output = new
        {
            Outputs = new[]
            {
                new
                {
                    OutputName = "results",
                    S3Output = new
                    {
                        S3Uri = $"s3://{JobCloud.Bucket}/processed/{name}",
                        LocalPath = "/opt/ml/processing/results",
                        S3UploadMode = mode,
                    },
                },
            },
        };

        var job = await cloud.ProcessAsync(
            JobCloud.Processing(
                name,
                $"cd /opt/ml; rm -rf processing; ln -s {outside.Path} processing",
                request => request["ProcessingOutputConfig"] = JsonSerializer.SerializeToNode(output)
            )
        );

        job.Text("ProcessingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.KeysAsync($"processed/{name}")).ShouldBeEmpty();
    }
}
