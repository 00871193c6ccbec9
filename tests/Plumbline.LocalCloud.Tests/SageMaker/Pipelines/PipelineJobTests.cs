using System.Diagnostics;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Pipelines;
using Plumbline.Pipelines.Conditions;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

[Collection("processes")]
public sealed class PipelineJobTests(RunningCloud running) : PipelineJobs(running), IClassFixture<RunningCloud>
{
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

    private static string Told(Dictionary<string, JsonObject> steps) =>
        string.Join("\n", steps.Values.Select(step => step.ToJsonString()));

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
