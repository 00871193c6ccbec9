using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

[Collection("processes")]
public sealed class AdoptionTests : IAsyncLifetime
{
    private readonly JobCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task A_job_goes_on_while_the_server_restarts_and_is_not_started_again()
    {
        var script = $"echo begun; {cloud.WaitForSignal}; echo done; echo m > /opt/ml/model/m";
        await cloud.SageMakerAsync("CreateTrainingJob", JobCloud.Training("long", script));
        await cloud.TrainingAsync("long", "Training");

        await cloud.CloseAsync();
        await cloud.OpenAsync();
        await File.WriteAllTextAsync(cloud.Signal, "");

        var job = await cloud.TrainedAsync("long");
        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsync("long")).ShouldBe(["begun", "done"]);
    }

    [Fact]
    public async Task A_job_that_ended_while_the_server_was_down_is_adopted_with_its_exit_code_and_outputs()
    {
        var script = $"{cloud.WaitForSignal}; echo m > /opt/ml/model/m; echo last words";
        await cloud.SageMakerAsync("CreateTrainingJob", JobCloud.Training("good", script));
        await cloud.SageMakerAsync("CreateTrainingJob", JobCloud.Training("bad", $"{cloud.WaitForSignal}; exit 9"));
        await cloud.TrainingAsync("good", "Training");
        await cloud.TrainingAsync("bad", "Training");

        await cloud.CloseAsync();
        await File.WriteAllTextAsync(cloud.Signal, "");
        foreach (var name in (string[])["good", "bad"])
        {
            var folder = Path.Combine(cloud.DataFolder, "jobs", $"training-{name}");
            // A started job may not hold its lock yet.
            await Eventually.Async(() => Supervisor.Adopt(folder) is not null);
            await Supervisor.Adopt(folder).ShouldNotBeNull().WaitAsync().InTimeAsync();
        }

        await cloud.OpenAsync();

        (await cloud.TrainedAsync("good")).Text("TrainingJobStatus").ShouldBe("Completed");
        (await cloud.TrainedAsync("bad")).Text("FailureReason").ShouldBe("AlgorithmError: , exit code: 9");
        (await cloud.TrainingLogAsync("good")).ShouldBe(["last words"]);
        (await cloud.KeysAsync("models/good")).ShouldBe(["models/good/output/model.tar.gz"]);
    }

    [Fact]
    public async Task A_job_whose_machine_went_down_begins_again_from_its_checkpoints()
    {
        const string Script = """
            [ -e /opt/ml/checkpoints/round ] && { cat /opt/ml/checkpoints/round; exit 0; }
            echo 17 > /opt/ml/checkpoints/round; echo saved; exec sleep 600
            """;
        await cloud.SageMakerAsync(
            "CreateTrainingJob",
            JobCloud.Training(
                "resumes",
                Script,
                job => job["CheckpointConfig"] = new JsonObject { ["S3Uri"] = $"s3://{JobCloud.Bucket}/resumes" }
            )
        );
        await Eventually.Async(() => cloud.TrainingLogAsyncOrNone("resumes"), lines => lines.Count > 0);

        KillSupervisor("resumes");

        var job = await cloud.TrainedAsync("resumes");
        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        job.Objects("SecondaryStatusTransitions").Select(one => one.Text("Status")).ShouldContain("Interrupted");
        (await cloud.TrainingLogAsync("resumes")).ShouldBe(["saved", "17"]);
    }

    [Fact]
    public async Task An_interrupted_spot_job_goes_on_from_its_checkpoint_and_without_one_begins_again()
    {
        const string Kept = """
            [ -e /opt/ml/checkpoints/round ] && { cat /opt/ml/checkpoints/round; exit 0; }
            echo 17 > /opt/ml/checkpoints/round; echo saved; exec sleep 600
            """;
        await cloud.SageMakerAsync(
            "CreateTrainingJob",
            JobCloud.Training(
                "spot-kept",
                Kept,
                job =>
                {
                    Spot(job);
                    job["CheckpointConfig"] = new JsonObject { ["S3Uri"] = $"s3://{JobCloud.Bucket}/spot-kept" };
                }
            )
        );
        await cloud.SageMakerAsync(
            "CreateTrainingJob",
            JobCloud.Training("spot-lost", $"echo begun; {cloud.WaitForSignal}", Spot)
        );
        foreach (var name in (string[])["spot-kept", "spot-lost"])
        {
            await Eventually.Async(() => cloud.TrainingLogAsyncOrNone(name), lines => lines.Count > 0);
            KillSupervisor(name);
        }

        var kept = await cloud.TrainedAsync("spot-kept");
        await Eventually.Async(() => cloud.TrainingLogAsyncOrNone("spot-lost"), lines => lines.Count > 1);
        await File.WriteAllTextAsync(cloud.Signal, "");
        var lost = await cloud.TrainedAsync("spot-lost");

        (kept.Text("TrainingJobStatus"), lost.Text("TrainingJobStatus")).ShouldBe(("Completed", "Completed"));
        kept.Objects("SecondaryStatusTransitions").Select(one => one.Text("Status")).ShouldContain("Interrupted");
        kept.Bool("EnableManagedSpotTraining").ShouldBe(true);
        (await cloud.TrainingLogAsync("spot-kept")).ShouldBe(["saved", "17"]);
        (await cloud.TrainingLogAsync("spot-lost")).ShouldBe(["begun", "begun"]);

        static void Spot(JsonObject job)
        {
            job["EnableManagedSpotTraining"] = true;
            job["StoppingCondition"] = new JsonObject
            {
                ["MaxRuntimeInSeconds"] = 3_600,
                ["MaxWaitTimeInSeconds"] = 7_200,
            };
        }
    }

    [Fact]
    public async Task A_job_whose_machine_went_down_without_checkpoints_has_failed()
    {
        await cloud.SageMakerAsync("CreateTrainingJob", JobCloud.Training("lost", "echo up; exec sleep 600"));
        await Eventually.Async(() => cloud.TrainingLogAsyncOrNone("lost"), lines => lines.Count > 0);

        KillSupervisor("lost");

        (await cloud.TrainedAsync("lost"))
            .Text("FailureReason")!
            .ShouldStartWith("InternalServerError: We encountered an internal error.");
    }

    [Fact]
    public async Task A_stop_that_was_acknowledged_holds_over_a_restart()
    {
        await cloud.SageMakerAsync(
            "CreateTrainingJob",
            JobCloud.Training("stubborn", $"trap 'echo asked' TERM; echo up; {cloud.WaitForSignal}")
        );
        await Eventually.Async(() => cloud.TrainingLogAsyncOrNone("stubborn"), lines => lines.Count > 0);
        await cloud.SageMakerAsync("StopTrainingJob", new { TrainingJobName = "stubborn" });

        await cloud.CloseAsync();
        await cloud.OpenAsync();
        await Eventually.Async(() => cloud.TrainingLogAsync("stubborn"), lines => lines.Contains("asked"));
        await File.WriteAllTextAsync(cloud.Signal, "");

        (await cloud.TrainedAsync("stubborn")).Text("TrainingJobStatus").ShouldBe("Stopped");
    }

    private void KillSupervisor(string job)
    {
        var pid = Path.Combine(cloud.DataFolder, "jobs", $"training-{job}", "pid");
        System.Diagnostics.Process.GetProcessById(int.Parse(File.ReadAllText(pid), null)).Kill();
    }
}
