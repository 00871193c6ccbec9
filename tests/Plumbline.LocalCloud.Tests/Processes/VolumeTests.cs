using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Tests.CodeBuild;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>Jobs with a volume of one gigabyte, and a build with a disk of that size.</summary>
[Collection("processes")]
[Trait(Nightly.Part, "poison")]
public sealed class VolumeTests : IAsyncLifetime
{
    private readonly JobCloud cloud = new()
    {
        VolumePause = TimeSpan.FromMilliseconds(100),
        BuildDisk = 1024L * 1024 * 1024,
    };

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

    [Fact]
    public async Task A_build_whose_files_outgrow_its_disk_together_fails_with_the_reason()
    {
        var build = await cloud.BuildAsync("for f in a b c; do fallocate -l 400M $f; done; exec sleep 600");

        build.Text("buildStatus").ShouldBe("FAILED", build.ToJsonString());
        build.ToJsonString().ShouldContain("files outgrew the 1 GB of its computeType");
        await Eventually.Async(() => Directory.GetDirectories(Path.Combine(cloud.DataFolder, "builds")).Length == 0);
    }

    [Fact]
    public async Task Results_that_are_larger_than_their_volume_with_their_holes_fail_with_the_reason()
    {
        var job = await TrainAsync("hollow", "cd /opt/ml/model; for f in a b c; do truncate -s 900M $f; done");

        job.ShouldStartWith("ClientError: Artifact upload failed: ");
        job.ShouldContain("the files in model have more than the 1073741824 bytes of VolumeSizeInGB");
    }

    [Fact]
    public async Task Thousands_of_small_files_are_a_model_like_any()
    {
        var count = Nightly.Or(3_000, 20_000);
        var job = await TrainAsync("many", $"cd /opt/ml/model; seq {count} | split -l 1 -a 4 - f");

        job.ShouldBe("Completed");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.At("m.tar.gz"), await cloud.GetAsync("models/many/output/model.tar.gz"));
        await JobArchive.UnpackAsync(folder.At("m.tar.gz"), folder.At("model"), "it", CancellationToken.None);
        Directory.GetFiles(folder.At("model")).Length.ShouldBe(count);
        File.ReadAllText(folder.At("model/faaaa")).ShouldBe("1\n");
    }

    [Fact]
    public void More_files_than_names_can_be_held_of_are_refused_with_advice()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("model"));
        foreach (var name in (string[])["a", "b", "c"])
        {
            File.WriteAllText(folder.At($"model/{name}"), "");
        }

        var left = new LeftFolder(folder.Path, "model", long.MaxValue);

        left.Names().ShouldBe(["a", "b", "c"]);
        Should
            .Throw<LeftFileException>(() => (left with { MostFiles = 2 }).Names())
            .Message.ShouldBe("model has more than 2 files: put many small ones into one, such as a tar file");
    }

    private async Task<string> TrainAsync(string name, string script)
    {
        var job = await cloud.TrainAsync(
            JobCloud.Training(name, script, one => one.Object("ResourceConfig")!["VolumeSizeInGB"] = 1)
        );
        return job.Text("FailureReason") ?? job.Text("TrainingJobStatus")!;
    }
}
