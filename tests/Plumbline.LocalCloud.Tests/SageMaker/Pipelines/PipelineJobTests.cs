using System.Diagnostics;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Protocols;
using Plumbline.Pipelines;
using Plumbline.Pipelines.Conditions;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

[Collection("processes")]
public sealed class PipelineJobTests(RunningCloud cloud) : IClassFixture<RunningCloud>, IAsyncLifetime
{
    private readonly PipelineCalls pipelines = new(cloud);

    // Jobs see this file, and wait for it.
    private readonly string signal = JobScripts.NewSignal();

    private string WaitForSignal => JobScripts.WaitFor(signal);

    public async Task InitializeAsync()
    {
        await ShellSteps.WriteImagesAsync(cloud.DataFolder);
        using var s3 = S3ClientFactory.Create(cloud.Connect());
        await s3.PutBucketAsync(ShellSteps.Bucket);
    }

    public Task DisposeAsync()
    {
        File.Delete(signal);
        return Task.CompletedTask;
    }

    [Boto3Fact]
    public async Task A_definition_sent_by_boto3_runs_two_trainings_that_overlap()
    {
        var definition = new Pipeline
        {
            Steps = [ShellSteps.Training("TrainOld", WaitForSignal), ShellSteps.Training("TrainNew", WaitForSignal)],
        }.ToDefinition();

        var printed = await PythonAsync(
            """
            import boto3, json, os, sys, time
            sagemaker = boto3.client("sagemaker")
            sagemaker.create_pipeline(PipelineName="FromBoto3", PipelineDefinition=sys.argv[1], RoleArn=sys.argv[2])
            arn = sagemaker.start_pipeline_execution(PipelineName="FromBoto3")["PipelineExecutionArn"]

            def until(ask, satisfied):
                for _ in range(3000):
                    answer = ask()
                    if satisfied(answer):
                        return answer
                    time.sleep(0.02)
                raise SystemExit(f"Waited too long; the last answer was {answer}")

            def steps():
                return sagemaker.list_pipeline_execution_steps(PipelineExecutionArn=arn)["PipelineExecutionSteps"]

            def training():
                names = [s["Metadata"]["TrainingJob"]["Arn"].split("/")[1] for s in steps() if s["Metadata"]]
                jobs = [j for j in sagemaker.list_training_jobs()["TrainingJobSummaries"] if j["TrainingJobName"].lower() in names]
                return [sagemaker.describe_training_job(TrainingJobName=j["TrainingJobName"])["SecondaryStatus"] for j in jobs]

            until(training, lambda statuses: statuses == ["Training", "Training"])
            open(sys.argv[3], "w").close()
            until(lambda: sagemaker.describe_pipeline_execution(PipelineExecutionArn=arn), lambda e: e["PipelineExecutionStatus"] != "Executing")
            print(json.dumps({"status": sagemaker.describe_pipeline_execution(PipelineExecutionArn=arn)["PipelineExecutionStatus"],
                              "steps": {s["StepName"]: [s["StepStatus"], s["StartTime"].timestamp(), s["EndTime"].timestamp()] for s in steps()}}))
            """,
            definition,
            PipelineCalls.Role,
            signal
        );

        var result = JsonNode.Parse(printed)!;
        result["status"]!.ToString().ShouldBe("Succeeded");
        var (old, young) = (result["steps"]!["TrainOld"]!, result["steps"]!["TrainNew"]!);
        ((double)old[1]!).ShouldBeLessThan((double)young[2]!);
        ((double)young[1]!).ShouldBeLessThan((double)old[2]!);
    }

    [Fact]
    public async Task A_condition_reads_a_property_file_and_a_step_gets_an_outputs_place()
    {
        await pipelines.CallAsync("CreateModelPackageGroup", new { ModelPackageGroupName = "evaluated" });
        var train = ShellSteps.Training("Train", "echo model > /opt/ml/model/m");
        var report = new PropertyFile("Report", "evaluation", "evaluation.json");
        var evaluate = ShellSteps.Processing(
            "Evaluate",
            """[ -e /opt/ml/processing/model/model.tar.gz ] && echo '{"metrics":{"accuracy":{"value":0.97}},"folds":[{"f1.score":0.5}]}' > /opt/ml/processing/out/evaluation.json"""
        ) with
        {
            Inputs = [new ProcessingInput("model", train.S3ModelArtifacts, "/opt/ml/processing/model")],
            Outputs =
            [
                new ProcessingOutput(
                    "evaluation",
                    "/opt/ml/processing/out",
                    Function.Join("/", $"s3://{ShellSteps.Bucket}", ExecutionVariable.PipelineExecutionId, "evaluation")
                ),
            ],
            PropertyFiles = [report],
        };
        var gate = new ConditionStep("Gate")
        {
            Conditions =
            [
                Condition.GreaterOrEqual(evaluate.JsonGet(report, "metrics.accuracy.value"), 0.9),
                Condition.Equal(evaluate.JsonGet(report, "folds[0]['f1.score']"), 0.5),
            ],
            IfSteps =
            [
                ShellSteps.Register("Register", "evaluated", train.S3ModelArtifacts) with
                {
                    CustomerMetadataProperties = new Dictionary<string, PipelineValue>
                    {
                        ["accuracy"] = evaluate.JsonGet(report, "metrics.accuracy.value"),
                    },
                    ModelQualityStatisticsS3Uri = Function.Join(
                        "/",
                        evaluate.OutputUri("evaluation"),
                        "evaluation.json"
                    ),
                },
            ],
        };

        var (status, steps) = await RunAsync("Evaluates", train, evaluate, gate);

        status.ShouldBe("Succeeded", Told(steps));
        var arn = steps["Register"].Object("Metadata")!.Object("RegisterModel")!.Text("Arn");
        var package = await pipelines.CallAsync("DescribeModelPackage", new { ModelPackageName = arn });
        package.Object("CustomerMetadataProperties")!.Text("accuracy").ShouldBe("0.97");
        package["ModelMetrics"]!["ModelQuality"]!["Statistics"]!["S3Uri"]!
            .ToString()
            .ShouldMatch($"^s3://{ShellSteps.Bucket}/[a-z0-9]{{12}}/evaluation/evaluation.json$");
        package["InferenceSpecification"]!["Containers"]![0]!["ModelDataUrl"]!
            .ToString()
            .ShouldMatch("/models/pipelines-[a-z0-9]{12}-Train-[A-Za-z0-9]{10}/output/model.tar.gz$");
    }

    [Fact]
    public async Task A_property_file_that_was_not_written_fails_the_step_that_reads_it()
    {
        var report = new PropertyFile("Report", "out", "missing.json");
        var evaluate = ShellSteps.Processing("Evaluate", "true") with
        {
            Outputs = [new ProcessingOutput("out", "/opt/ml/processing/out", $"s3://{ShellSteps.Bucket}/none")],
            PropertyFiles = [report],
        };
        var gate = new ConditionStep("Gate") { Conditions = [Condition.Equal(evaluate.JsonGet(report, "a"), 1)] };

        var (status, steps) = await RunAsync("ReadsNothing", evaluate, gate);

        status.ShouldBe("Failed");
        steps["Gate"]
            .Text("FailureReason")!
            .ShouldStartWith($"ClientError: JsonGet cannot read s3://{ShellSteps.Bucket}/none/missing.json: ");
    }

    [Fact]
    public async Task A_job_that_fails_fails_its_step_and_what_does_not_need_it_goes_on()
    {
        var bad = ShellSteps.Training("Bad", "echo broken data > /opt/ml/output/failure; exit 3");
        var good = ShellSteps.Training("Good", "true");

        var (status, steps) = await RunAsync(
            "OneFails",
            bad,
            good,
            ShellSteps.Processing("AfterBad", "true") with
            {
                DependsOn = [bad],
            },
            ShellSteps.Processing("AfterGood", "true") with
            {
                DependsOn = [good],
            }
        );

        status.ShouldBe("Failed");
        steps.Keys.ShouldBe(["Bad", "Good", "AfterGood"], ignoreOrder: true);
        steps["Bad"].Text("FailureReason")!.ShouldStartWith("AlgorithmError: broken data");
        steps["AfterGood"].Text("StepStatus").ShouldBe("Succeeded");
    }

    [Fact]
    public async Task No_more_steps_run_at_a_time_than_are_allowed()
    {
        var definition = new Pipeline
        {
            Steps = [.. Enumerable.Range(1, 3).Select(number => ShellSteps.Processing($"P{number}", "true"))],
        }.ToDefinition();
        await pipelines.CreateAsync("OneByOne", definition);
        var started = await pipelines.CallAsync(
            "StartPipelineExecution",
            new { PipelineName = "OneByOne", ParallelismConfiguration = new { MaxParallelExecutionSteps = 1 } }
        );
        var arn = started.Text("PipelineExecutionArn")!;

        (await pipelines.EndAsync(arn)).Text("PipelineExecutionStatus").ShouldBe("Succeeded");

        var steps = (await pipelines.StepsAsync(arn)).Values.OrderBy(step => step.Double("StartTime")).ToList();
        steps.Count.ShouldBe(3);
        foreach (var (before, after) in steps.Zip(steps.Skip(1)))
        {
            after.Double("StartTime")!.Value.ShouldBeGreaterThanOrEqualTo(before.Double("EndTime")!.Value);
        }
    }

    [Fact]
    public async Task A_stopped_execution_stops_its_jobs_and_starts_nothing_more()
    {
        var first = ShellSteps.Training("First", "exec sleep 600");
        await pipelines.CreateAsync(
            "Stopped",
            new Pipeline
            {
                Steps = [first, ShellSteps.Processing("Second", "true") with { DependsOn = [first] }],
            }.ToDefinition()
        );
        var arn = await pipelines.StartAsync("Stopped");
        await Eventually.Async(
            () => pipelines.StepsAsync(arn),
            steps => steps.GetValueOrDefault("First")?.Text("StepStatus") == "Executing"
        );

        await pipelines.CallAsync("StopPipelineExecution", new { PipelineExecutionArn = arn });
        (await pipelines.EndAsync(arn)).Text("PipelineExecutionStatus").ShouldBe("Stopped");

        var after = await pipelines.StepsAsync(arn);
        after.Keys.ShouldBe(["First"]);
        after["First"].Text("StepStatus").ShouldBe("Stopped");
        (await JobsAsync("First")).ShouldHaveSingleItem().Text("TrainingJobStatus").ShouldBe("Stopped");
    }

    [Fact]
    public async Task A_fail_step_stops_the_jobs_that_run()
    {
        var (status, steps) = await RunAsync(
            "FailsFast",
            ShellSteps.Training("Long", "exec sleep 600"),
            new FailStep("Enough") { ErrorMessage = "enough" }
        );

        status.ShouldBe("Failed");
        steps["Enough"].Text("FailureReason").ShouldBe("enough");
        if (steps.TryGetValue("Long", out var longest))
        {
            longest.Text("StepStatus").ShouldBe("Stopped");
        }
    }

    [Fact]
    public async Task A_retry_policy_makes_another_attempt_with_another_job()
    {
        var step = ShellSteps.Training(
            "Tries",
            $"[ -e {signal} ] || {{ echo CapacityError: none left > /opt/ml/output/failure; exit 1; }}"
        ) with
        {
            RetryPolicies = [new RetryPolicy(RetryExceptions.CapacityError) { IntervalSeconds = 3600 }],
        };
        await pipelines.CreateAsync("Tries", new Pipeline { Steps = [step] }.ToDefinition());
        var arn = await pipelines.StartAsync("Tries");
        await Eventually.Async(
            () => pipelines.StepsAsync(arn),
            steps => steps.GetValueOrDefault("Tries")?.Int("AttemptCount") == 2
        );

        await File.WriteAllTextAsync(signal, "");
        await cloud.MoveClockAsync(TimeSpan.FromHours(2));

        (await pipelines.EndAsync(arn)).Text("PipelineExecutionStatus").ShouldBe("Succeeded");
        (await JobsAsync("Tries"))
            .Select(job => job.Text("TrainingJobStatus"))
            .ShouldBe(["Failed", "Completed"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_execution_goes_on_after_a_restart_and_no_job_runs_twice()
    {
        var first = ShellSteps.Training("Across", WaitForSignal);
        await pipelines.CreateAsync(
            "Restarted",
            new Pipeline
            {
                Steps = [first, ShellSteps.Processing("Then", "true") with { DependsOn = [first] }],
            }.ToDefinition()
        );
        var arn = await pipelines.StartAsync("Restarted");
        await Eventually.Async(
            () => pipelines.StepsAsync(arn),
            steps => steps.GetValueOrDefault("Across")?.Text("StepStatus") == "Executing"
        );

        await cloud.RestartAsync();
        await File.WriteAllTextAsync(signal, "");

        var again = new PipelineCalls(cloud);
        (await again.EndAsync(arn)).Text("PipelineExecutionStatus").ShouldBe("Succeeded");
        (await JobsAsync("Across")).Count.ShouldBe(1);
    }

    private static string Told(Dictionary<string, JsonObject> steps) =>
        string.Join("\n", steps.Values.Select(step => step.ToJsonString()));

    private Task<(string Status, Dictionary<string, JsonObject> Steps)> RunAsync(string name, params Step[] steps) =>
        pipelines.RunAsync(name, new Pipeline { Steps = steps }.ToDefinition());

    private async Task<IReadOnlyList<JsonObject>> JobsAsync(string step)
    {
        var listed = await cloud.CallAsync(
            "sagemaker",
            "ListTrainingJobs",
            new { NameContains = $"-{step}-", MaxResults = 100 }
        );
        return [.. listed.Objects("TrainingJobSummaries")];
    }

    private async Task<string> PythonAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in cloud.Environment)
        {
            start.Environment[name] = value;
        }

        using var python = Process.Start(start)!;
        var errors = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEndAsync();
        (await python.EndAsync()).ShouldBe(0, await errors.InTimeAsync());
        return await output.InTimeAsync();
    }
}
