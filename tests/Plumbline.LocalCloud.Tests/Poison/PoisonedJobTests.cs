using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State.Removal;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Poison;

/// <summary>A job may leave anything where the server reads afterwards: it fails with its reason, and everything else goes on.</summary>
[Collection("processes")]
public sealed class PoisonedJobTests(JobCloud cloud) : IClassFixture<JobCloud>
{
    public static TheoryData<string> Kinds => Leavings.Names;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_job_fails_with_a_reason_and_everything_goes_on_whatever_it_leaves(string kind)
    {
        var failed = await TrainAsync(kind, exitCode: 3);
        failed.Text("TrainingJobStatus").ShouldBe("Failed", failed.ToJsonString());

        // One that says that it succeeded fails where its results cannot be stored.
        var other = await TrainAsync(kind, exitCode: 0);
        other.Text("TrainingJobStatus").ShouldBeOneOf("Completed", "Failed");

        await EverythingGoesOnAsync();
        await cloud.CloseAsync();
        await cloud.OpenAsync();
        await EverythingGoesOnAsync();
        await Eventually.Async(
            () => Task.FromResult(Directory.GetDirectories(Path.Combine(cloud.DataFolder, "jobs"))),
            left => left.Length == 0
        );
        Trash.List(cloud.DataFolder).ShouldBeEmpty();
    }

    private async Task<JsonObject> TrainAsync(string kind, int exitCode)
    {
        string[] places =
            kind == "a file without content that is large"
                ? ["output/failure"]
                : ["output/failure", "model/left", "checkpoints/left", "output/data/left"];
        var script = string.Join(
            "\n",
            places
                .Select(place => Leavings.At($"/opt/ml/{place}", kind))
                .Prepend("mkdir -p /opt/ml/output/data")
                .Append($"echo the last word; exit {exitCode}")
        );
        var name = $"poison-{Guid.NewGuid():N}"[..20];
        var job = await cloud.TrainAsync(
            JobCloud.Training(
                name,
                script,
                request =>
                    request["CheckpointConfig"] = new JsonObject
                    {
                        ["S3Uri"] = $"s3://{JobCloud.Bucket}/checkpoints/{name}",
                    }
            )
        );
        if (job.Text("TrainingJobStatus") == "Failed")
        {
            job.Text("FailureReason").ShouldNotBeNullOrWhiteSpace();
            job.Text("FailureReason")!.ShouldNotContain("root:");
        }

        return job;
    }

    private async Task EverythingGoesOnAsync()
    {
        var sound = await cloud.ProcessAsync(JobCloud.Processing($"sound-{Guid.NewGuid():N}"[..20], "true"));
        sound.Text("ProcessingJobStatus").ShouldBe("Completed", sound.ToJsonString());
        await cloud.PutAsync($"after/{Guid.NewGuid():N}", "x").InTimeAsync();
    }
}
