using System.Text.Json.Nodes;
using Plumbline.Pipelines.Conditions;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Tests;

public class AuthoringTests
{
    private const string Role = "arn:aws:iam::000000000000:role/job";

    [Fact]
    public void A_pipeline_in_csharp_becomes_the_definition_that_the_sagemaker_sdk_writes()
    {
        var definition = JsonNode.Parse(TrainAndGate().ToDefinition());

        var golden = JsonNode.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden/train-and-gate.json"))
        );
        JsonNode.DeepEquals(definition, golden).ShouldBeTrue(TrainAndGate().ToDefinition(indented: true));
    }

    [Fact]
    public void Numbers_become_text_where_aws_takes_only_text()
    {
        var rounds = Parameter.Integer("Rounds", 50);
        var step = Training("Train") with
        {
            HyperParameters = new Dictionary<string, PipelineValue>
            {
                ["num_round"] = rounds,
                ["eta"] = 0.3,
                ["max_depth"] = 3,
                ["objective"] = "multi:softprob",
            },
        };

        var definition = JsonNode.Parse(new Pipeline { Parameters = [rounds], Steps = [step] }.ToDefinition())!;

        definition["Steps"]![0]!["Arguments"]!["HyperParameters"]!
            .ToJsonString()
            .ShouldBe(
                """{"num_round":{"Std:Join":{"On":"","Values":[{"Get":"Parameters.Rounds"}]}},"eta":"0.3","max_depth":"3","objective":"multi:softprob"}"""
            );
    }

    [Fact]
    public void All_conditions_have_the_sdks_form()
    {
        var value = Parameter.Float("Value", 0.5);
        var step = new ConditionStep("Gate")
        {
            Conditions =
            [
                Condition.Equal(value, 1.0),
                Condition.Greater(value, 1.0),
                Condition.GreaterOrEqual(value, 1.0),
                Condition.Less(value, 1.0),
                Condition.LessOrEqual(value, 1.0),
                Condition.In(value, 1.0, 2.0),
                Condition.Not(Condition.Or(Condition.Equal(value, 1.0), Condition.Equal(value, 2.0))),
            ],
        };

        var definition = JsonNode.Parse(new Pipeline { Parameters = [value], Steps = [step] }.ToDefinition())!;

        var conditions = definition["Steps"]![0]!["Arguments"]!["Conditions"]!.AsArray();
        conditions
            .Select(condition => condition!["Type"]!.ToString())
            .ShouldBe(["Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo", "In", "Not"]);
        conditions[5]!
            .ToJsonString()
            .ShouldBe("""{"Type":"In","QueryValue":{"Get":"Parameters.Value"},"Values":[1,2]}""");
        conditions[6]!["Condition"]!["Conditions"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void Retries_and_caching_are_written_as_the_sdk_writes_them()
    {
        var step = Training("Train") with
        {
            RetryPolicies = [new RetryPolicy(RetryExceptions.CapacityError) { IntervalSeconds = 10 }],
            Cache = new CacheConfig(true, "P30D"),
        };

        var written = JsonNode.Parse(new Pipeline { Steps = [step] }.ToDefinition())!["Steps"]![0]!;

        written["CacheConfig"]!.ToJsonString().ShouldBe("""{"Enabled":true,"ExpireAfter":"P30D"}""");
        written["RetryPolicies"]!
            .ToJsonString()
            .ShouldBe(
                """[{"ExceptionType":["SageMaker.CAPACITY_ERROR"],"IntervalSeconds":10,"BackoffRate":2,"MaxAttempts":5}]"""
            );
    }

    internal static TrainingStep Training(string name) =>
        new(name)
        {
            RoleArn = Role,
            TrainingImage = "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-jobs:latest",
            S3OutputPath = "s3://bucket/models",
            InstanceType = "ml.m5.xlarge",
            MaxRuntimeInSeconds = 172_800,
        };

    internal static ProcessingStep Processing(string name) =>
        new(name)
        {
            RoleArn = Role,
            ImageUri = "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-jobs:latest",
            InstanceType = "ml.m5.xlarge",
            MaxRuntimeInSeconds = 3_600,
        };

    private static Pipeline TrainAndGate()
    {
        var threshold = Parameter.Float("Threshold", 0.9);
        var mode = Parameter.Text("Mode", "both", ["both", "new"]);
        var train = Training("TrainNew") with
        {
            Inputs = [new Channel("train", "s3://bucket/train/", "text/csv")],
            Cache = new CacheConfig(true, "P30D"),
        };
        var report = new PropertyFile("Report", "evaluation", "evaluation.json");
        var evaluate = Processing("Eval") with
        {
            DependsOn = [train],
            ContainerArguments = ["evaluate", "--mode", mode],
            Inputs = [new ProcessingInput("model", train.S3ModelArtifacts, "/opt/ml/processing/input/model")],
            Outputs =
            [
                new ProcessingOutput(
                    "evaluation",
                    "/opt/ml/processing/output/evaluation",
                    Function.Join("/", "s3://bucket/executions", ExecutionVariable.PipelineExecutionId)
                ),
            ],
            PropertyFiles = [report],
        };
        var gate = new ConditionStep("Gate")
        {
            Conditions =
            [
                Condition.GreaterOrEqual(
                    evaluate.JsonGet(report, "multiclass_classification_metrics.accuracy.value"),
                    threshold
                ),
            ],
            IfSteps =
            [
                new RegisterModelStep("Reg")
                {
                    ModelPackageGroupName = "digits",
                    Image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-serving:latest",
                    ModelDataUrl = train.S3ModelArtifacts,
                    ModelQualityStatisticsS3Uri = Function.Join(
                        "/",
                        evaluate.OutputUri("evaluation"),
                        "evaluation.json"
                    ),
                },
            ],
            ElseSteps = [new FailStep("No") { ErrorMessage = Function.Join(" ", "below", threshold) }],
        };
        return new Pipeline
        {
            Parameters = [threshold, mode],
            Experiment = PipelineExperiment.OfThePipeline,
            Steps = [train, evaluate, gate],
        };
    }
}
