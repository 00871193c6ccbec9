namespace Plumbline.Records.Algorithm;

/// <summary>The metrics of AWS's image, by its version.</summary>
public static class AwsMetrics
{
    private static readonly (string Name, string Since)[] Rising =
    [
        ("accuracy", "0.0"),
        ("auc", "0.0"),
        ("aucpr", "0.0"),
        ("balanced_accuracy", "1.3"),
        ("f1", "0.0"),
        ("f1_binary", "1.2.2"),
        ("f1_macro", "1.2.2"),
        ("map", "0.0"),
        ("ndcg", "0.0"),
        ("precision", "1.3"),
        ("r2", "1.2"),
        ("recall", "1.3"),
        ("precision_macro", "1.3"),
        ("precision_micro", "1.3"),
        ("recall_macro", "1.3"),
        ("recall_micro", "1.3"),
    ];

    private static readonly (string Name, string Since)[] Falling =
    [
        ("aft-nloglik", "1.2"),
        ("cox-nloglik", "0.0"),
        ("error", "0.0"),
        ("gamma-deviance", "0.0"),
        ("gamma-nloglik", "0.0"),
        ("interval-regression-accuracy", "1.2"),
        ("logloss", "0.0"),
        ("mae", "0.0"),
        ("mape", "1.3"),
        ("merror", "0.0"),
        ("mlogloss", "0.0"),
        ("mphe", "1.2"),
        ("mse", "0.0"),
        ("poisson-nloglik", "0.0"),
        ("rmse", "0.0"),
        ("rmsle", "1.0"),
        ("tweedie-nloglik", "0.0"),
    ];

    private static readonly string[] Own =
    [
        "accuracy",
        "balanced_accuracy",
        "f1",
        "f1_binary",
        "f1_macro",
        "mse",
        "precision",
        "precision_macro",
        "precision_micro",
        "r2",
        "recall",
        "recall_macro",
        "recall_micro",
    ];

    /// <summary>All metrics that an image of this version accepts, in AWS's order.</summary>
    public static IReadOnlyList<string> Of(Version image) =>
        [.. Rising.Concat(Falling).Where(metric => image >= Version.Parse(metric.Since)).Select(metric => metric.Name)];

    /// <summary>
    /// True if the container itself computes the metric, from margins; from 1.3 on this includes rmse and mae.
    /// </summary>
    public static bool IsContainers(string metric, Version image) =>
        Own.Contains(metric) || (metric is "rmse" or "mae" && image >= new Version(1, 3));

    /// <summary>True if higher values are better.</summary>
    public static bool IsRising(string metric) => Rising.Any(known => known.Name == metric.Split('@')[0]);
}
