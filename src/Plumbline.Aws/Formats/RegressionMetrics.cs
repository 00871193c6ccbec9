namespace Plumbline.Aws.Formats;

/// <summary>AWS's regression metrics. Source: see <see cref="ModelQualityStatistics"/>.</summary>
public static class RegressionMetrics
{
    /// <summary>The metrics of <c>regression_metrics</c>; 0 for each without rows, and for r2 if all truths are equal.</summary>
    public static Dictionary<string, double> Of(IReadOnlyList<(double Actual, double Predicted)> rows)
    {
        if (rows.Count == 0)
            return new()
            {
                ["mae"] = 0,
                ["mse"] = 0,
                ["rmse"] = 0,
                ["r2"] = 0,
            };
        var squared = rows.Average(row => (row.Actual - row.Predicted) * (row.Actual - row.Predicted));
        var mean = rows.Average(row => row.Actual);
        var variance = rows.Average(row => (row.Actual - mean) * (row.Actual - mean));
        return new()
        {
            ["mae"] = rows.Average(row => Math.Abs(row.Actual - row.Predicted)),
            ["mse"] = squared,
            ["rmse"] = Math.Sqrt(squared),
            ["r2"] = variance == 0 ? 0 : 1 - squared / variance,
        };
    }
}
