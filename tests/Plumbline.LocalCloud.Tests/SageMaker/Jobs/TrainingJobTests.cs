using System.Text.Json;
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
        job.Int("TrainingTimeInSeconds").ShouldBe(1);
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
    public async Task An_image_without_a_program_is_named_with_the_table_that_lacks_it()
    {
        var request = JobCloud.Training("unknown-image", "true");
        request.Object("AlgorithmSpecification")!["TrainingImage"] = JobCloud.Image("tensorflow-training");

        var reason = (await cloud.TrainAsync(request)).Text("FailureReason")!;

        reason.ShouldContain(JobCloud.Image("tensorflow-training"));
        reason.ShouldContain("images.json");
    }

    [Fact]
    public async Task A_framework_that_no_Python_here_has_is_named_with_what_was_tried()
    {
        var request = JobCloud.Training("no-framework", "true");
        request.Object("AlgorithmSpecification")!["TrainingImage"] = JobCloud.Image("rare-framework");

        var reason = (await cloud.TrainAsync(request)).Text("FailureReason")!;

        reason.ShouldStartWith("ClientError: No python3 on this machine has the module no_such_framework: tried /");
        reason.ShouldContain("images.json");
    }

    [Fact]
    public async Task The_built_in_XGBoost_refuses_a_channel_it_does_not_know()
    {
        await cloud.PutAsync("extraneous/x.csv", "1,2\n");
        var request = JobCloud.Training("extraneous", "true");
        request["AlgorithmSpecification"] = JsonSerializer.SerializeToNode(
            new
            {
                TrainingImage = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
                TrainingInputMode = "File",
            }
        );
        request["InputDataConfig"] = new JsonArray(
            JobCloud.Channel("train", "extraneous/"),
            JobCloud.Channel("model", "extraneous/")
        );

        (await cloud.TrainAsync(request))
            .Text("FailureReason")
            .ShouldBe("ClientError: Extraneous channel found: model");
    }

    [Fact]
    public async Task The_XGBoost_image_runs_a_users_script_where_one_is_named()
    {
        var request = await ScriptAsync(
            "xgboost-script",
            "import sys\nfrom sagemaker_xgboost_container import distributed\n"
                + "distributed.rabit_run(print, {'sep': '-'}, True, ['algo-1'], 'algo-1')\nprint(sys.argv[1:])\n"
        );
        request["AlgorithmSpecification"]!["TrainingImage"] =
            "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsync("xgboost-script")).ShouldContain("['--epochs', '10', '--name', 'two words']");
    }

    [Theory]
    [InlineData("sagemaker-xgboost:1.0-1-cpu-py3", "1.0-1")]
    [InlineData("sagemaker-xgboost:1.2-2", "1.2-2")]
    [InlineData("sagemaker-xgboost:latest", "1.7-1")]
    public async Task The_program_behind_an_XGBoost_image_is_told_its_version(string image, string version)
    {
        await cloud.PutAsync("told/train/a", "1,2");
        var name = $"told-{version.Replace('.', '-')}";
        var request = JobCloud.Training(name, "echo version=$PLUMBLINE_XGBOOST_IMAGE");
        request["AlgorithmSpecification"]!["TrainingImage"] = $"683313688378.dkr.ecr.us-east-1.amazonaws.com/{image}";
        request["InputDataConfig"] = new JsonArray(JobCloud.Channel("train", "told/train"));

        await cloud.TrainAsync(request);

        (await cloud.TrainingLogAsync(name)).ShouldContain($"version={version}");
    }

    [Fact]
    public async Task A_python_script_runs_in_script_mode_with_hyperparameters_as_arguments()
    {
        var request = await ScriptAsync(
            "script",
            "import os, sys\nprint(sys.argv[1:], os.getcwd())\nopen(os.environ['SM_MODEL_DIR'] + '/w', 'w').write('1')\n"
        );

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsync("script")).ShouldBe(["['--epochs', '10', '--name', 'two words'] /opt/ml/code"]);
        (await cloud.UnpackAsync("models/script/output/model.tar.gz")).Keys.ShouldBe(["w"]);
    }

    [Fact]
    public async Task Torch_distributed_starts_a_process_a_gpu_or_two_where_there_is_none()
    {
        var request = await ScriptAsync(
            "ranks",
            "import os\nprint(*(os.environ[n] for n in ('RANK', 'LOCAL_RANK', 'WORLD_SIZE', 'MASTER_ADDR')))\n"
        );
        request["HyperParameters"]!["sagemaker_torch_distributed_enabled"] = "true";
        // Ask for no GPU, so that the job does not get one of the machine's.
        request["ResourceConfig"]!["InstanceType"] = "ml.m5.large";

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsync("ranks"))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["0 0 2 127.0.0.1", "1 1 2 127.0.0.1"]);
    }

    [Fact]
    public async Task One_process_that_fails_ends_the_others_and_the_job()
    {
        var request = await ScriptAsync(
            "lonely",
            "import os, sys, time\nsys.exit('rank 1 gives up') if os.environ['RANK'] == '1' else time.sleep(600)\n"
        );
        request["HyperParameters"]!["sagemaker_torch_distributed_enabled"] = "true";

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Failed");
        job.Text("FailureReason")!.ShouldContain("rank 1 gives up");
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
    public async Task The_last_figure_of_each_metric_is_kept()
    {
        const string Script = """
            echo 'epoch 1 loss=0.5;'; echo 'epoch 2 loss=0.25;'
            """;
        var request = JobCloud.Training("metrics", Script);
        request.Object("AlgorithmSpecification")!["MetricDefinitions"] = new JsonArray(
            new JsonObject { ["Name"] = "loss", ["Regex"] = "loss=(.*?);" }
        );

        var metric = (await cloud.TrainAsync(request)).Objects("FinalMetricDataList").Single();

        metric.Text("MetricName").ShouldBe("loss");
        metric.Double("Value").ShouldBe(0.25);
    }

    [Fact]
    public async Task The_figures_are_in_CloudWatch_as_they_were_printed()
    {
        var request = JobCloud.Training("charted", "echo 'loss=0.5;'; echo 'loss=0.25;'");
        request.Object("AlgorithmSpecification")!["MetricDefinitions"] = new JsonArray(
            new JsonObject { ["Name"] = "loss", ["Regex"] = "loss=([0-9.]+);" }
        );

        var job = await cloud.TrainAsync(request);

        var found = await cloud.CallAsync(
            "monitoring",
            "GetMetricStatistics",
            new
            {
                Namespace = "/aws/sagemaker/TrainingJobs",
                MetricName = "loss",
                Dimensions = new[] { new { Name = "TrainingJobName", Value = "charted" } },
                StartTime = job.Double("TrainingStartTime"),
                EndTime = job.Double("TrainingEndTime") + 60,
                Period = 60,
                Statistics = new[] { "Sum", "SampleCount" },
            }
        );
        found.Objects("Datapoints").Sum(point => point.Double("SampleCount")).ShouldBe(2);
        found.Objects("Datapoints").Sum(point => point.Double("Sum")).ShouldBe(0.75);
    }

    [Fact]
    public async Task Members_that_nobody_asked_for_are_answered_as_AWS_does()
    {
        await cloud.PutAsync("completed/x.csv", "1\n");
        var request = JobCloud.Training("completed", "true");
        request["InputDataConfig"] = new JsonArray(JobCloud.Channel("train", "completed"));

        var job = await cloud.TrainAsync(request);

        job.Object("OutputDataConfig")!.Text("KmsKeyId").ShouldBe("");
        job.Object("OutputDataConfig")!.Text("CompressionType").ShouldBe("GZIP");
        var channel = job.Objects("InputDataConfig").Single();
        (channel.Text("CompressionType"), channel.Text("RecordWrapperType")).ShouldBe(("None", "None"));
        job.Object("AlgorithmSpecification")!.ContainsKey("MetricDefinitions").ShouldBeFalse();
        job.Text("ProfilingStatus").ShouldBe("Disabled");
    }

    [Fact]
    public async Task The_built_in_algorithm_tells_the_metrics_that_it_has()
    {
        var request = JobCloud.Training("built-in", "true");
        request.Object("AlgorithmSpecification")!["TrainingImage"] = JobCloud.Image("sagemaker-xgboost");
        await cloud.SageMakerAsync("CreateTrainingJob", request);

        var job = await cloud.TrainedAsync("built-in");

        job.Object("AlgorithmSpecification")!
            .Objects("MetricDefinitions")
            .Single(definition => definition.Text("Name") == "validation:auc")
            .Text("Regex")
            .ShouldBe(@".*\[[0-9]+\].*#011validation-auc:([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?).*");
    }

    [Fact]
    public async Task What_XGBoost_prints_needs_no_definition()
    {
        const string Script = """
            printf '[0]#011train-mlogloss:1.5#011validation-mlogloss:1.75\n[1]#011train-mlogloss:0.5#011validation-mlogloss:0.75\n'
            """;

        var metrics = (await cloud.TrainAsync(JobCloud.Training("xgboost-metrics", Script)))
            .Objects("FinalMetricDataList")
            .ToDictionary(metric => metric.Text("MetricName")!, metric => metric.Double("Value"));

        metrics.ShouldBe(new Dictionary<string, double?> { ["train:mlogloss"] = 0.5, ["validation:mlogloss"] = 0.75 });
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

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said_in_AWS_words()
    {
        var request = JobCloud.Training("wrong", "true");
        request["InputDataConfig"] = new JsonArray(JobCloud.Channel("train", "nothing/here"));
        (await cloud.RefusalAsync("CreateTrainingJob", request)).Message.ShouldStartWith(
            $"No S3 objects found under S3 URL \"s3://{JobCloud.Bucket}/nothing/here\" given in input data source."
        );

        request["InputDataConfig"] = new JsonArray(JobCloud.Channel("..", "nothing/here"));
        (await cloud.RefusalAsync("CreateTrainingJob", request)).Message.ShouldContain("ChannelName ..");

        await cloud.TrainAsync(JobCloud.Training("twice", "true"));
        var twice = await cloud.RefusalAsync("CreateTrainingJob", JobCloud.Training("twice", "true"));
        twice.Code.ShouldBe("ResourceInUse");
        twice.Message.ShouldBe(
            "Training job names must be unique within an AWS account and region, and a training job with this name already exists (arn:aws:sagemaker:us-east-1:000000000000:training-job/twice)"
        );

        var missing = await cloud.RefusalAsync("DescribeTrainingJob", new { TrainingJobName = "never" });
        (missing.Code, missing.Message).ShouldBe(("ValidationException", "Requested resource not found."));
    }

    [Theory]
    [InlineData(
        false,
        7_200,
        "Invalid MaxWaitTimeInSeconds. It is only supported when EnableManagedSpotTraining is set to true"
    )]
    [InlineData(
        true,
        null,
        "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds"
    )]
    [InlineData(
        true,
        3_599,
        "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds"
    )]
    public async Task Spot_training_needs_a_wait_as_long_as_its_training_and_only_it_has_one(
        bool spot,
        int? wait,
        string refusal
    )
    {
        var request = JobCloud.Training("spot", "true");
        request["EnableManagedSpotTraining"] = spot;
        request["StoppingCondition"] = new JsonObject { ["MaxRuntimeInSeconds"] = 3_600 };
        if (wait is not null)
        {
            request["StoppingCondition"]!["MaxWaitTimeInSeconds"] = wait;
        }

        (await cloud.RefusalAsync("CreateTrainingJob", request)).Message.ShouldBe(refusal);
    }

    [Fact]
    public async Task Jobs_are_listed_by_name_status_and_page_and_keep_their_tags()
    {
        foreach (var name in (string[])["listed-a", "listed-b", "listed-c"])
        {
            await cloud.TrainAsync(
                JobCloud.Training(
                    name,
                    "true",
                    job => job["Tags"] = new JsonArray(new JsonObject { ["Key"] = "team", ["Value"] = name })
                )
            );
        }

        var first = await cloud.SageMakerAsync(
            "ListTrainingJobs",
            new
            {
                NameContains = "listed",
                StatusEquals = "Completed",
                SortBy = "Name",
                SortOrder = "Descending",
                MaxResults = 2,
            }
        );
        var second = await cloud.SageMakerAsync(
            "ListTrainingJobs",
            new
            {
                NameContains = "listed",
                StatusEquals = "Completed",
                SortBy = "Name",
                SortOrder = "Descending",
                MaxResults = 2,
                NextToken = first.Text("NextToken"),
            }
        );

        first
            .Objects("TrainingJobSummaries")
            .Select(job => job.Text("TrainingJobName"))
            .ShouldBe(["listed-c", "listed-b"]);
        second.Objects("TrainingJobSummaries").Select(job => job.Text("TrainingJobName")).ShouldBe(["listed-a"]);
        second.Text("NextToken").ShouldBeNull();
        var tags = await cloud.SageMakerAsync(
            "ListTags",
            new { ResourceArn = first.Objects("TrainingJobSummaries").First().Text("TrainingJobArn") }
        );
        tags.Objects("Tags").Single().Text("Value").ShouldBe("listed-c");
    }

    /// <summary>Runs a Python script in script mode.</summary>
    private async Task<JsonObject> ScriptAsync(string name, string script)
    {
        var code = Directory.CreateTempSubdirectory("plumbline-test-");
        await File.WriteAllTextAsync(Path.Combine(code.FullName, "train.py"), script);
        var archive = Path.Combine(code.FullName, "sourcedir.tar.gz");
        System.Diagnostics.Process.Start("tar", ["-czf", archive, "-C", code.FullName, "train.py"]).End();
        await cloud.PutAsync($"{name}/sourcedir.tar.gz", await File.ReadAllBytesAsync(archive));
        code.Delete(recursive: true);
        var request = JobCloud.Training(name, "");
        request["AlgorithmSpecification"] = JsonSerializer.SerializeToNode(
            new { TrainingImage = JobCloud.Image("pytorch-training"), TrainingInputMode = "File" }
        );
        request["HyperParameters"] = new JsonObject
        {
            ["epochs"] = "10",
            ["name"] = "\"two words\"",
            ["sagemaker_program"] = "\"train.py\"",
            ["sagemaker_submit_directory"] = $"\"s3://{JobCloud.Bucket}/{name}/sourcedir.tar.gz\"",
        };
        return request;
    }
}
