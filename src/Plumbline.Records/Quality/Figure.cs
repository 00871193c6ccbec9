using Plumbline.Records.Statistics;

namespace Plumbline.Records.Quality;

/// <summary>A metric over rows, with its interval and its baseline.</summary>
/// <param name="Metric">The metric's name; see <see cref="MetricKind"/>.</param>
/// <param name="Value">The metric.</param>
/// <param name="Lower">The lower end of its 95 % interval.</param>
/// <param name="Upper">The upper end of the same interval.</param>
/// <param name="Baseline">The metric of always answering the most frequent class, or the best constant.</param>
public sealed record Figure(string Metric, double Value, double Lower, double Upper, double? Baseline)
{
    /// <summary>The accuracy by counts of rows; null without rows.</summary>
    /// <param name="correct">Rows with a correct prediction.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="most">The rows of the most frequent class.</param>
    public static Figure? OfAccuracy(long correct, long rows, long most)
    {
        if (rows == 0)
            return null;
        var interval = Wilson.Of(correct, rows);
        return new Figure(MetricKind.Accuracy, interval.Value, interval.Lower, interval.Upper, most / (double)rows);
    }
}
