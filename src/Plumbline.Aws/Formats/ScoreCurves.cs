using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats;

/// <summary>
/// The curves and areas of a two-class model's scores, under AWS's names, thinned to at most 101 points.
/// </summary>
internal static class ScoreCurves
{
    private const int Points = 100;

    public static void Add(JsonObject metrics, IReadOnlyList<(bool Positive, double Score)> scores)
    {
        var positives = scores.Count(row => row.Positive);
        var negatives = scores.Count - positives;
        if (positives == 0 || negatives == 0)
            return;
        // One point for each distinct score: a threshold cannot divide rows of equal score.
        List<(double FalsePositive, double TruePositive, double Precision)> curve = [(0, 0, 1)];
        var (truePositives, falsePositives, area, precisionArea) = (0, 0, 0.0, 0.0);
        foreach (var equal in scores.GroupBy(row => row.Score).OrderByDescending(group => group.Key))
        {
            truePositives += equal.Count(row => row.Positive);
            falsePositives += equal.Count(row => !row.Positive);
            var last = curve[^1];
            var point = (
                FalsePositive: falsePositives / (double)negatives,
                TruePositive: truePositives / (double)positives,
                Precision: truePositives / (double)(truePositives + falsePositives)
            );
            area += (point.FalsePositive - last.FalsePositive) * (point.TruePositive + last.TruePositive) / 2;
            precisionArea += (point.TruePositive - last.TruePositive) * (point.Precision + last.Precision) / 2;
            curve.Add(point);
        }
        var thin = curve.Where(
            (_, i) => curve.Count <= Points || i == curve.Count - 1 || i % (curve.Count / Points + 1) == 0
        );
        var shown = thin.ToList();
        metrics["receiver_operating_characteristic_curve"] = new JsonObject
        {
            ["false_positive_rates"] = Numbers(shown.Select(point => point.FalsePositive)),
            ["true_positive_rates"] = Numbers(shown.Select(point => point.TruePositive)),
        };
        metrics["precision_recall_curve"] = new JsonObject
        {
            ["precisions"] = Numbers(shown.Select(point => point.Precision)),
            ["recalls"] = Numbers(shown.Select(point => point.TruePositive)),
        };
        metrics["auc"] = new JsonObject { ["value"] = area, ["standard_deviation"] = "NaN" };
        metrics["au_prc"] = new JsonObject { ["value"] = precisionArea, ["standard_deviation"] = "NaN" };
    }

    private static JsonArray Numbers(IEnumerable<double> numbers) =>
        [.. numbers.Select(number => JsonValue.Create(number))];
}
