using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>Jobs with a volume of one gigabyte.</summary>
[Collection("processes")]
public sealed class VolumeTests : IAsyncLifetime
{
    private readonly JobCloud cloud = new() { VolumePause = TimeSpan.FromMilliseconds(100) };

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task A_job_whose_files_outgrow_their_volume_together_fails_with_the_reason()
    {
        var job = await TrainAsync(
            "large",
            "cd /opt/ml; for f in a b c; do fallocate -l 400M $f; done; exec sleep 600"
        );

        job.ShouldStartWith("ClientError: The job's files outgrew its VolumeSizeInGB: raise it, or write less.");
    }

    [Fact]
    public async Task Files_at_the_end_of_a_path_that_is_too_long_count_too()
    {
        var job = await TrainAsync(
            "deep",
            "cd /opt/ml; n=$(printf 'd%.0s' $(seq 200)); for i in $(seq 25); do mkdir $n; cd $n; done; for f in a b c; do fallocate -l 400M $f; done; exec sleep 600"
        );

        job.ShouldStartWith("ClientError: The job's files outgrew its VolumeSizeInGB: raise it, or write less.");
    }

    [Fact]
    public async Task Files_with_holes_take_what_they_take()
    {
        var job = await TrainAsync(
            "holes",
            "cd /opt/ml; for f in a b c; do truncate -s 900M $f; done; sleep 1; rm a b c"
        );

        job.ShouldBe("Completed");
    }

    private async Task<string> TrainAsync(string name, string script)
    {
        var job = await cloud.TrainAsync(
            JobCloud.Training(name, script, one => one.Object("ResourceConfig")!["VolumeSizeInGB"] = 1)
        );
        return job.Text("FailureReason") ?? job.Text("TrainingJobStatus")!;
    }
}
