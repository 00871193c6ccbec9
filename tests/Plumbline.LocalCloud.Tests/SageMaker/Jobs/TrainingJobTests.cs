using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

[Collection("processes")]
public sealed class TrainingJobTests(JobCloud cloud) : IClassFixture<JobCloud>
{
    [Fact]
    public async Task A_job_finds_its_data_and_settings_and_its_model_lands_in_S3()
    {
        await cloud.PutAsync("contract/train/a.csv", "1,2\n");
        await cloud.PutAsync("contract/train/deep/b.csv", "3,4\n");
        const string Script = """
            cat /opt/ml/input/data/train/a.csv /opt/ml/input/data/train/deep/b.csv > /opt/ml/model/model
            cp -r /opt/ml/input/config /opt/ml/output/data/
            echo "$SM_CHANNEL_TRAIN $SM_HP_MAX_DEPTH $SM_NUM_CPUS $TRAINING_JOB_NAME $MINE $(hostname)"
            """;
        var request = JobCloud.Training(
            "contract",
            Script,
            job =>
            {
                job["InputDataConfig"] = new JsonArray(JobCloud.Channel("train", "contract/train"));
                job["HyperParameters"] = new JsonObject { ["max-depth"] = "3" };
                job["Environment"] = new JsonObject { ["MINE"] = "yes" };
            }
        );

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        job.Object("ModelArtifacts")!
            .Text("S3ModelArtifacts")
            .ShouldBe($"s3://{JobCloud.Bucket}/models/contract/output/model.tar.gz");
        job.Objects("SecondaryStatusTransitions")
            .Select(one => one.Text("Status"))
            .ShouldBe(["Starting", "Downloading", "Training", "Uploading", "Completed"]);
        job.Int("TrainingTimeInSeconds").ShouldNotBeNull().ShouldBeGreaterThan(0);
        job.Time("TrainingEndTime").ShouldNotBeNull();

        (await cloud.UnpackAsync("models/contract/output/model.tar.gz")).ShouldBe(
            new Dictionary<string, string> { ["model"] = "1,2\n3,4\n" }
        );
        var output = await cloud.UnpackAsync("models/contract/output/output.tar.gz");
        output["config/hyperparameters.json"].ShouldBe("""{"max-depth":"3"}""");
        JsonNode.Parse(output["config/resourceconfig.json"])!["current_host"]!.ToString().ShouldBe("algo-1");
        JsonNode.Parse(output["config/inputdataconfig.json"])!["train"]!["TrainingInputMode"]!
            .ToString()
            .ShouldBe("File");
        (await cloud.TrainingLogAsync("contract")).ShouldBe(["/opt/ml/input/data/train 3 1 contract yes algo-1"]);
        await Eventually.Async(() => !Directory.Exists(Path.Combine(cloud.DataFolder, "jobs", "training-contract")));
    }

    [Fact]
    public async Task A_channel_is_a_copy_that_a_program_may_tidy()
    {
        await cloud.PutAsync("tidy/train/a.csv", "1\n");
        await cloud.PutAsync("tidy/train/b.csv", "2\n");
        var request = JobCloud.Training(
            "tidy",
            "cd /opt/ml/input/data/train; echo x >> a.csv; rm b.csv; mv a.csv c.csv; ls; cat c.csv",
            job => job["InputDataConfig"] = new JsonArray(JobCloud.Channel("train", "tidy/train"))
        );

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsync("tidy")).ShouldBe(["c.csv", "1", "x"]);
        (await cloud.GetTextAsync("tidy/train/a.csv")).ShouldBe("1\n");
        (await cloud.GetTextAsync("tidy/train/b.csv")).ShouldBe("2\n");
    }

    [Fact]
    public async Task A_script_that_crashes_says_where_in_the_failure_reason()
    {
        var job = await cloud.TrainAsync(
            JobCloud.Training("crash", "python3 -c 'raise ValueError(\"bad label in row 7\")'")
        );

        job.Text("TrainingJobStatus").ShouldBe("Failed");
        job.Text("SecondaryStatus").ShouldBe("Failed");
        job.Text("FailureReason")!.ShouldStartWith("AlgorithmError: ");
        job.Text("FailureReason")!.ShouldEndWith("ValueError: bad label in row 7, exit code: 1");
        job.Object("ModelArtifacts").ShouldBeNull();
    }

    [Fact]
    public async Task What_a_script_writes_about_its_failure_is_the_failure_reason_to_1024_characters()
    {
        const string Script = "printf 'channel train, line 3: %02000d' 0 > /opt/ml/output/failure; exit 3";

        var job = await cloud.TrainAsync(JobCloud.Training("failure-file", Script));

        var reason = job.Text("FailureReason")!;
        reason.ShouldStartWith("AlgorithmError: channel train, line 3: 000");
        reason.ShouldEndWith(", exit code: 3");
        reason.Length.ShouldBe(1024);
    }

    [Fact]
    public async Task Two_jobs_run_at_once_and_a_job_is_stopped_wherever_it_is()
    {
        string[] names = ["first", "second", "third"];
        foreach (var name in names)
        {
            await cloud.SageMakerAsync(
                "CreateTrainingJob",
                JobCloud.Training(
                    name,
                    "echo saved > /opt/ml/model/m; echo saved; exec sleep 600",
                    job => job.Object("ResourceConfig")!["InstanceType"] = "ml.p3.8xlarge"
                )
            );
        }

        await cloud.TrainingAsync("first", "Training");
        await cloud.TrainingAsync("second", "Training");
        if (Environment.ProcessorCount is 1 || Environment.ProcessorCount % 2 == 0)
        {
            await cloud.TrainingAsync("third", "Pending");
        }

        foreach (var name in names.Reverse())
        {
            await Eventually.Async(
                () => cloud.TrainingLogAsyncOrNone(name),
                lines => lines.Contains("saved") || name == "third"
            );
            await cloud.SageMakerAsync("StopTrainingJob", new { TrainingJobName = name });
        }

        foreach (var name in names)
        {
            var job = await cloud.TrainedAsync(name);
            job.Text("TrainingJobStatus").ShouldBe("Stopped");
            job.Text("SecondaryStatus").ShouldBe("Stopped");
        }

        (await cloud.KeysAsync("models/first/")).ShouldBe(["models/first/output/model.tar.gz"]);
        (await cloud.TrainingLogAsync("first"))[0]
            .ShouldBe("WARNING: ml.p3.8xlarge has 4 GPU(s), this machine has none: running on CPU.");
        (await cloud.RefusalAsync("StopTrainingJob", new { TrainingJobName = "first" })).Message.ShouldBe(
            "The request was rejected because the training job is in status Stopped."
        );
    }

    [Fact]
    public async Task A_job_that_runs_too_long_is_stopped_and_keeps_its_model()
    {
        var job = await cloud.TrainAsync(
            JobCloud.Training(
                "too-long",
                "echo saved > /opt/ml/model/m; exec sleep 600",
                request => request["StoppingCondition"] = new JsonObject { ["MaxRuntimeInSeconds"] = 1 }
            )
        );

        job.Text("TrainingJobStatus").ShouldBe("Stopped");
        job.Text("SecondaryStatus").ShouldBe("MaxRuntimeExceeded");
        (await cloud.KeysAsync("models/too-long/")).ShouldBe(["models/too-long/output/model.tar.gz"]);
    }

    [Fact]
    public async Task Checkpoints_are_there_at_the_start_and_in_S3_at_the_end()
    {
        await cloud.PutAsync("checkpoints/round-1", "one");
        const string Script = "cat /opt/ml/checkpoints/round-1; echo two > /opt/ml/checkpoints/round-2; exit 1";

        await cloud.TrainAsync(
            JobCloud.Training(
                "checkpoints",
                Script,
                job => job["CheckpointConfig"] = new JsonObject { ["S3Uri"] = $"s3://{JobCloud.Bucket}/checkpoints" }
            )
        );

        (await cloud.TrainingLogAsync("checkpoints")).ShouldBe(["one"]);
        (await cloud.GetTextAsync("checkpoints/round-2")).ShouldBe("two\n");
    }

    [Fact]
    public async Task A_job_gets_keys_of_its_role_and_an_isolated_one_gets_none()
    {
        const string Script = """
            python3 - <<'END'
            import os, json, urllib.request
            if "AWS_CONTAINER_CREDENTIALS_FULL_URI" not in os.environ:
                print("none")
            else:
                request = urllib.request.Request(os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
                request.add_header("Authorization", os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN"])
                print(json.load(urllib.request.urlopen(request))["RoleArn"], os.environ["AWS_ENDPOINT_URL"][:17])
            END
            """;

        await cloud.TrainAsync(JobCloud.Training("with-keys", Script));
        await cloud.TrainAsync(JobCloud.Training("isolated", Script, job => job["EnableNetworkIsolation"] = true));

        (await cloud.TrainingLogAsync("with-keys")).ShouldBe([$"{JobCloud.Role} http://127.0.0.1:"]);
        (await cloud.TrainingLogAsync("isolated")).ShouldBe(["none"]);
    }

    [Fact]
    public async Task A_model_that_cannot_be_stored_fails_the_job_with_the_place()
    {
        var job = await cloud.TrainAsync(
            JobCloud.Training(
                "no-bucket",
                "echo m > /opt/ml/model/m",
                request =>
                    request["OutputDataConfig"] = new JsonObject { ["S3OutputPath"] = "s3://no-such-bucket/models" }
            )
        );

        job.Text("TrainingJobStatus").ShouldBe("Failed");
        job.Text("FailureReason")
            .ShouldBe(
                "ClientError: Artifact upload failed: s3://no-such-bucket/models/no-bucket/output/model.tar.gz: The specified bucket does not exist"
            );
    }

    [Fact]
    public async Task Links_that_lead_out_of_the_model_are_not_followed()
    {
        var job = await cloud.TrainAsync(
            JobCloud.Training(
                "links",
                "ln -s /etc/passwd /opt/ml/model/p; ln -s /etc /opt/ml/model/e; mkfifo /opt/ml/model/f; echo m > /opt/ml/model/m"
            )
        );

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.UnpackAsync("models/links/output/model.tar.gz")).Keys.ShouldBe(["m"]);
    }
}
