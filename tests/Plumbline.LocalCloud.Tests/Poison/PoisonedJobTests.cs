using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State.Removal;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Poison;

/// <summary>
/// A job may leave any kind of file where the server reads afterwards: the job must fail with a reason, and the server
/// must keep working.
/// </summary>
[Collection("processes")]
[Trait(Nightly.Part, "poison")]
public sealed class PoisonedJobTests(JobCloud cloud) : IClassFixture<JobCloud>
{
    private const string Large = "a file without content that is large";

    private static readonly string[] Places = ["output/failure", "model/left", "checkpoints/left", "output/data/left"];

    public static TheoryData<string> Kinds => Leavings.Names;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_job_fails_with_a_reason_and_everything_goes_on_whatever_it_leaves(string kind)
    {
        // Packing five gigabytes of zeros takes a while.
        var left = Places.Take(kind == Large ? 1 : Places.Length).Select(place => (place, kind)).ToList();
        var failed = await TrainAsync(left, exitCode: 3);
        failed.Text("TrainingJobStatus").ShouldBe("Failed", failed.ToJsonString());

        // A job that exits with 0 fails if its results cannot be stored.
        var other = await TrainAsync(left, exitCode: 0);
        other.Text("TrainingJobStatus").ShouldBeOneOf("Completed", "Failed");

        await EverythingGoesOnAsync();
        await cloud.CloseAsync();
        await cloud.OpenAsync();
        await EverythingGoesOnAsync();
        await Eventually.Async(
            () => Task.FromResult(Directory.GetDirectories(Path.Combine(cloud.DataFolder, "jobs"))),
            folders => folders.Length == 0
        );
        Trash.List(cloud.DataFolder).ShouldBeEmpty();
        Nightly.Note("poison", "a kind in each place of a job: everything goes on");
    }

    [Fact]
    public async Task A_job_may_leave_another_kind_in_each_place()
    {
        var random = Seeds.Random(29);
        var kinds = Leavings.Kinds.Keys.Where(kind => kind != Large).ToArray();
        for (var round = 0; round < Nightly.Or(1, 40); round++)
        {
            var left = Places.Select(place => (place, kinds[random.Next(kinds.Length)])).ToList();

            await TrainAsync(left, exitCode: random.Next(2));

            await EverythingGoesOnAsync();
            Nightly.Note("poison", "kinds at random in all places of a job: everything goes on");
        }
    }

    private async Task<JsonObject> TrainAsync(IEnumerable<(string Place, string Kind)> left, int exitCode)
    {
        var script = string.Join(
            "\n",
            left.Select(one => Leavings.At($"/opt/ml/{one.Place}", one.Kind))
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
