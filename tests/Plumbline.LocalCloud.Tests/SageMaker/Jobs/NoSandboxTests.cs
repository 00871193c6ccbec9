using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

/// <summary>A local cloud that was started with <c>--without-sandbox</c>.</summary>
[Collection("processes")]
public sealed class NoSandboxTests : IAsyncLifetime
{
    private readonly JobCloud cloud = new() { WithoutSandbox = true };

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

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
        (await cloud.TrainingLogAsync("bare"))[0]
            .ShouldStartWith("WARNING: this local cloud was started with --without-sandbox");
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
