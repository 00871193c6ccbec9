using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Processes.Images;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>Adds members that AWS's DescribeTrainingJob always returns: clients read them without checking.</summary>
internal sealed class TrainingJobDescription(ImageTable images)
{
    private static readonly string[] XGBoostMetrics =
    [
        "accuracy",
        "auc",
        "aucpr",
        "error",
        "f1",
        "logloss",
        "mae",
        "map",
        "merror",
        "mlogloss",
        "mse",
        "ndcg",
        "rmse",
    ];

    /// <summary>Adds the missing members to a job, and returns it.</summary>
    public JsonObject Complete(JsonObject job)
    {
        if (job.Object("OutputDataConfig") is { } output)
        {
            output["KmsKeyId"] ??= "";
            output["CompressionType"] ??= "GZIP";
        }

        foreach (var channel in job.Objects("InputDataConfig"))
        {
            channel["CompressionType"] ??= "None";
            channel["RecordWrapperType"] ??= "None";
        }

        var algorithm = job.Object("AlgorithmSpecification")!;
        algorithm["EnableSageMakerMetricsTimeSeries"] ??= false;
        if (images.Line(algorithm.Text("TrainingImage") ?? "")?.Algorithm == "xgboost")
        {
            algorithm["MetricDefinitions"] ??= new JsonArray([.. XGBoostMetrics.SelectMany(Definitions)]);
        }

        job["ProfilingStatus"] ??= "Disabled";
        return job;
    }

    private static IEnumerable<JsonObject> Definitions(string metric) =>
        ((string[])["train", "validation"]).Select(set => new JsonObject
        {
            ["Name"] = $"{set}:{metric}",
            ["Regex"] = $@".*\[[0-9]+\].*#011{set}-{metric}:([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?).*",
        });
}
