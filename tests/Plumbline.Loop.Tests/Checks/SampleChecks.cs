using System.Text.Json.Nodes;
using Plumbline.Loop.Checks;
using Plumbline.Loop.Checks.Rules;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Tests.Checks;

/// <summary>Projects and definitions for rules, and the findings of a rule.</summary>
internal static class SampleChecks
{
    public const string XGBoost = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";

    /// <summary>A project without errors and warnings.</summary>
    public const string Yaml = """
        name: churn
        data:
          file: customers.csv
        labels: [stays, leaves]
        training:
          instance: ml.m5.xlarge
        endpoint:
          instance: ml.m5.large
        """;

    public static ProjectDescription Project { get; } = ProjectDescription.Parse(Yaml);

    public static CheckSubject Subject(ProjectDescription project) =>
        CheckSubject.OfProject(project, DescriptionLines.Parse(Yaml));

    /// <summary>A definition with one training step, which <paramref name="change"/> changes.</summary>
    public static CheckSubject Training(Action<JsonObject>? change = null) =>
        Definition(Step("Train", "Training", TrainingArguments(), change));

    /// <summary>A definition with one processing step, which <paramref name="change"/> changes.</summary>
    public static CheckSubject Processing(Action<JsonObject>? change = null) =>
        Definition(Step("Prepare", "Processing", ProcessingArguments(), change));

    public static CheckSubject Definition(params JsonNode[] steps) => Parametrized([], steps);

    public static CheckSubject Parametrized(JsonArray parameters, params JsonNode[] steps) =>
        CheckSubject.OfDefinition("mine.json", Text(parameters, steps));

    public static string Text(JsonArray parameters, params JsonNode[] steps) =>
        new JsonObject
        {
            ["Version"] = "2020-12-01",
            ["Parameters"] = parameters,
            ["Steps"] = new JsonArray(steps),
        }.ToJsonString();

    public static JsonObject Step(string name, string type, JsonObject arguments, Action<JsonObject>? change = null)
    {
        change?.Invoke(arguments);
        return new JsonObject
        {
            ["Name"] = name,
            ["Type"] = type,
            ["Arguments"] = arguments,
        };
    }

    public static JsonObject TrainingArguments(string instance = "ml.m5.xlarge") =>
        Object(
            $$$"""
            {
              "AlgorithmSpecification": {"TrainingImage": "{{{XGBoost}}}", "TrainingInputMode": "File"},
              "RoleArn": "arn:aws:iam::000000000000:role/job",
              "OutputDataConfig": {"S3OutputPath": "s3://bucket/models"},
              "ResourceConfig": {"InstanceType": "{{{instance}}}", "InstanceCount": 1, "VolumeSizeInGB": 30},
              "StoppingCondition": {"MaxRuntimeInSeconds": 172800},
              "InputDataConfig": [{"ChannelName": "train", "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/train"} } }],
              "HyperParameters": {"num_round": "100"}
            }
            """
        );

    public static JsonObject ProcessingArguments() =>
        Object(
            """
            {
              "AppSpecification": {"ImageUri": "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-jobs:latest"},
              "RoleArn": "arn:aws:iam::000000000000:role/job",
              "ProcessingResources": {"ClusterConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30}},
              "StoppingCondition": {"MaxRuntimeInSeconds": 3600}
            }
            """
        );

    public static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>The findings of one rule.</summary>
    public static IReadOnlyList<Finding> Found(this CheckSubject subject, string rule) =>
        [.. ParityCheck.Run(subject).Where(finding => finding.Rule == rule)];
}
