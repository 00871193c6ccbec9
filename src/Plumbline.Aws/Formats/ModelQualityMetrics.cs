namespace Plumbline.Aws.Formats;

/// <summary>
/// AWS's classification metrics, computed from a confusion matrix. Source: see <see cref="ModelQualityStatistics"/>.
/// </summary>
public static class ModelQualityMetrics
{
    private const string Constant = "_best_constant_classifier";

    /// <summary>
    /// The metrics of <c>multiclass_classification_metrics</c>. A class's weight is the number of its actual rows. The
    /// best constant classifier answers the class with the most rows (in AWS's printed example it is the last class).
    /// </summary>
    public static Dictionary<string, double> Multiclass(ConfusionMatrix matrix)
    {
        var metrics = new Dictionary<string, double>();
        AddMulticlass(metrics, matrix, "");
        AddMulticlass(metrics, matrix.Always(matrix.Majority()), Constant);
        return metrics;
    }

    /// <summary>The metrics of <c>binary_classification_metrics</c>; class 1 is the positive one.</summary>
    public static Dictionary<string, double> Binary(ConfusionMatrix matrix)
    {
        var metrics = new Dictionary<string, double>();
        AddBinary(metrics, matrix, "");
        AddBinary(metrics, matrix.Always(matrix.Majority()), Constant);
        metrics["true_positive_rate"] = matrix.Recall(1);
        metrics["true_negative_rate"] = matrix.Recall(0);
        metrics["false_positive_rate"] = matrix.Actual(0) == 0 ? 0 : 1 - matrix.Recall(0);
        metrics["false_negative_rate"] = matrix.Actual(1) == 0 ? 0 : 1 - matrix.Recall(1);
        return metrics;
    }

    /// <summary>The multiclass metrics of one matrix, each name followed by <paramref name="suffix"/>.</summary>
    public static void AddMulticlass(Dictionary<string, double> metrics, ConfusionMatrix matrix, string suffix)
    {
        metrics["accuracy" + suffix] = matrix.Accuracy;
        metrics["weighted_recall" + suffix] = Weighted(matrix, matrix.Recall);
        metrics["weighted_precision" + suffix] = Weighted(matrix, matrix.Precision);
        metrics["weighted_f0_5" + suffix] = Weighted(matrix, c => matrix.F(c, 0.5));
        metrics["weighted_f1" + suffix] = Weighted(matrix, c => matrix.F(c, 1));
        metrics["weighted_f2" + suffix] = Weighted(matrix, c => matrix.F(c, 2));
    }

    private static void AddBinary(Dictionary<string, double> metrics, ConfusionMatrix matrix, string suffix)
    {
        metrics["recall" + suffix] = matrix.Recall(1);
        metrics["precision" + suffix] = matrix.Precision(1);
        metrics["accuracy" + suffix] = matrix.Accuracy;
        metrics["f0_5" + suffix] = matrix.F(1, 0.5);
        metrics["f1" + suffix] = matrix.F(1, 1);
        metrics["f2" + suffix] = matrix.F(1, 2);
    }

    private static double Weighted(ConfusionMatrix matrix, Func<int, double> metric)
    {
        var rows = matrix.Rows;
        return rows == 0 ? 0 : Enumerable.Range(0, matrix.Classes).Sum(c => matrix.Actual(c) * metric(c)) / rows;
    }
}
