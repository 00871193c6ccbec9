using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

/// <summary>A machine whose PATH has everything but bubblewrap.</summary>
[Collection("processes")]
public sealed class NoSandboxTests : IAsyncLifetime
{
    private readonly string path = Environment.GetEnvironmentVariable("PATH")!;
    private readonly DirectoryInfo programs = Directory.CreateTempSubdirectory("plumbline-test-");
    private readonly JobCloud cloud = new();

    public Task InitializeAsync()
    {
        foreach (var folder in (string[])["/bin", "/usr/bin"])
        {
            foreach (var program in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != "bwrap"))
            {
                var link = Path.Combine(programs.FullName, Path.GetFileName(program));
                if (!File.Exists(link))
                {
                    File.CreateSymbolicLink(link, program);
                }
            }
        }

        Environment.SetEnvironmentVariable("PATH", programs.FullName);
        return cloud.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        await cloud.DisposeAsync();
        programs.Delete(recursive: true);
    }

    [Fact]
    public async Task A_training_job_runs_on_copies_below_its_base_folder_with_a_warning()
    {
        await cloud.PutAsync("data/a.csv", "1,2\n");
        const string Script =
            "cat /opt/ml/input/data/train/a.csv > $SAGEMAKER_BASE_DIR/model/m; echo changed > $SM_CHANNEL_TRAIN/a.csv";

        var job = await cloud.TrainAsync(
            JobCloud.Training(
                "bare",
                Script,
                request => request["InputDataConfig"] = new JsonArray(JobCloud.Channel("train", "data"))
            )
        );

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.UnpackAsync("models/bare/output/model.tar.gz"))["m"].ShouldBe("1,2\n");
        (await cloud.GetTextAsync("data/a.csv")).ShouldBe("1,2\n");
        (await cloud.TrainingLogAsync("bare"))[0].ShouldStartWith("WARNING: bubblewrap does not work on this machine");
    }

    [Fact]
    public async Task A_job_is_stopped_and_limited_all_the_same()
    {
        var late = await cloud.TrainAsync(
            JobCloud.Training(
                "late",
                "exec sleep 600",
                request => request["StoppingCondition"] = new JsonObject { ["MaxRuntimeInSeconds"] = 1 }
            )
        );
        await cloud.SageMakerAsync("CreateTrainingJob", JobCloud.Training("stopped", "exec sleep 600"));
        await cloud.TrainingAsync("stopped", "Training");
        await cloud.SageMakerAsync("StopTrainingJob", new { TrainingJobName = "stopped" });

        late.Text("SecondaryStatus").ShouldBe("MaxRuntimeExceeded");
        (await cloud.TrainedAsync("stopped")).Text("TrainingJobStatus").ShouldBe("Stopped");
    }
}
