using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
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
    public JsonObject Complete(DescribeTrainingJobResponse job)
    {
        var output = job.OutputDataConfig.Tree;
        output["KmsKeyId"] ??= "";
        output["CompressionType"] ??= OutputCompressionType.Gzip;
        foreach (var channel in job.InputDataConfig)
        {
            channel.Tree["CompressionType"] ??= "None";
            channel.Tree["RecordWrapperType"] ??= RecordWrapper.None;
        }

        var algorithm = job.AlgorithmSpecification;
        algorithm.Tree["EnableSageMakerMetricsTimeSeries"] ??= false;
        if (images.Line(algorithm.TrainingImage ?? "")?.Algorithm == "xgboost")
        {
            algorithm.Tree["MetricDefinitions"] ??= new JsonArray([.. XGBoostMetrics.SelectMany(Definitions)]);
        }

        job.Tree["ProfilingStatus"] ??= "Disabled";
        return job.Tree;
    }

    private static IEnumerable<JsonObject> Definitions(string metric) =>
        ((string[])["train", "validation"]).Select(set => new JsonObject
        {
            ["Name"] = $"{set}:{metric}",
            ["Regex"] = $@".*\[[0-9]+\].*#011{set}-{metric}:([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?).*",
        });
}
