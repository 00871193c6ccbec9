using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>The figures that a training job printed, found by its MetricDefinitions; the last of each name counts.</summary>
internal static partial class FinalMetrics
{
    private const int Most = 40;
    private static readonly TimeSpan PerLine = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads them from a log. A job without definitions that prints as XGBoost does has XGBoost's.</summary>
    public static IReadOnlyDictionary<string, double> Read(JsonObject algorithm, string log)
    {
        var found = new Dictionary<string, double>();
        var definitions = Definitions(algorithm);
        foreach (var line in File.Exists(log) ? File.ReadLines(log) : [])
        {
            if (definitions.Count == 0)
            {
                ReadXGBoost(line, found);
            }

            foreach (var (name, regex) in definitions)
            {
                if (Match(regex, line) is { } value)
                {
                    found[name] = value;
                }
            }
        }

        return found;
    }

    /// <summary>Writes them into the job.</summary>
    public static void Write(JsonObject job, IReadOnlyDictionary<string, double> metrics)
    {
        if (metrics.Count == 0)
        {
            return;
        }

        job["FinalMetricDataList"] = new JsonArray([
            .. metrics
                .Take(Most)
                .Select(metric => new JsonObject
                {
                    ["MetricName"] = metric.Key,
                    ["Value"] = metric.Value,
                    ["Timestamp"] = job["TrainingEndTime"]!.DeepClone(),
                }),
        ]);
    }

    private static List<(string Name, Regex Regex)> Definitions(JsonObject algorithm)
    {
        var definitions = new List<(string, Regex)>();
        foreach (var definition in algorithm.Objects("MetricDefinitions"))
        {
            try
            {
                definitions.Add(
                    (definition.Text("Name")!, new Regex(definition.Text("Regex")!, RegexOptions.None, PerLine))
                );
            }
            catch (ArgumentException)
            {
                // AWS, too, only finds nothing with a pattern that is none.
            }
        }

        return definitions;
    }

    private static double? Match(Regex regex, string line)
    {
        try
        {
            return regex.Match(line) is { Success: true, Groups.Count: > 1 } match
                ? Number(match.Groups[1].Value)
                : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static void ReadXGBoost(string line, Dictionary<string, double> found)
    {
        if (!line.StartsWith('['))
        {
            return;
        }

        foreach (Match match in XGBoostFigure().Matches(line))
        {
            if (Number(match.Groups["value"].Value) is { } value)
            {
                found[$"{match.Groups["set"].Value}:{match.Groups["metric"].Value}"] = value;
            }
        }
    }

    private static double? Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    [GeneratedRegex("(?:#011|\t)(?<set>train|validation)-(?<metric>[A-Za-z0-9@_.-]+):(?<value>[-+.0-9eE]+)")]
    private static partial Regex XGBoostFigure();
}
