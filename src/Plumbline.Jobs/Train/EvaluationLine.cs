using System.Globalization;

namespace Plumbline.Jobs.Train;

/// <summary>One round's metrics, from libxgboost's <c>[3]\ttrain-mlogloss:0.51\tvalidation-mlogloss:0.63</c>.</summary>
internal sealed record EvaluationLine(int Round, IReadOnlyList<KeyValuePair<string, double>> Metrics)
{
    public static EvaluationLine Parse(int round, string line) =>
        new(
            round,
            [
                .. line.Split('\t')
                    .Skip(1)
                    .Select(part =>
                    {
                        var colon = part.LastIndexOf(':');
                        var value = part[(colon + 1)..] switch
                        {
                            "nan" or "-nan" => double.NaN,
                            "inf" => double.PositiveInfinity,
                            "-inf" => double.NegativeInfinity,
                            var number => double.Parse(number, CultureInfo.InvariantCulture),
                        };
                        return KeyValuePair.Create(part[..colon], value);
                    }),
            ]
        );

    /// <summary>Adds metrics; the added metrics of a set come after the library's metrics of the same set.</summary>
    public EvaluationLine With(IReadOnlyList<KeyValuePair<string, double>> more)
    {
        var sets = Metrics.Concat(more).Select(metric => SetOf(metric.Key)).Distinct();
        return this with
        {
            Metrics = [.. sets.SelectMany(set => Metrics.Concat(more).Where(metric => SetOf(metric.Key) == set))],
        };
    }

    private static string SetOf(string metric) => metric[..metric.IndexOf('-', StringComparison.Ordinal)];

    /// <summary>The line as AWS's container prints it: with #011 for a tab, which metric patterns expect.</summary>
    public override string ToString() =>
        $"[{Round}]"
        + string.Concat(
            Metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"#011{metric.Key}:{metric.Value:F5}"))
        );
}
