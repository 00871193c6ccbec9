using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Processes.Logs;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>
/// Finds the metrics that a training job prints, with the regular expressions of its MetricDefinitions. A job without
/// definitions gets XGBoost's metrics, if it prints lines like XGBoost.
/// </summary>
internal sealed partial class TrainingMetrics(IEnumerable<MetricDefinition> given)
{
    private const int Most = 40;
    private static readonly TimeSpan PerLine = TimeSpan.FromMilliseconds(100);

    private readonly List<(string Name, Regex Regex)> definitions = Definitions(given);

    /// <summary>Returns the metrics in a line of output.</summary>
    public IEnumerable<(string Name, double Value)> In(string line)
    {
        if (definitions.Count == 0)
        {
            return XGBoost(line);
        }

        return definitions
            .Select(definition => (definition.Name, Value: Match(definition.Regex, line)))
            .Where(figure => figure.Value is not null)
            .Select(figure => (figure.Name, figure.Value!.Value));
    }

    /// <summary>Returns the last value of each metric in a log.</summary>
    public IReadOnlyDictionary<string, double> Last(string log)
    {
        var found = new Dictionary<string, double>();
        // Read in pieces of bounded size: a program may print gigabytes without a line break.
        var lines = new LogLines(log, offset: 0);
        while (lines.Next(final: true) is { } batch)
        {
            foreach (var (name, value) in batch.Lines.SelectMany(In))
            {
                found[name] = value;
            }

            lines.Sent(batch);
        }

        return found;
    }

    /// <summary>Sets the job's FinalMetricDataList.</summary>
    public static void Write(JsonObject job, IReadOnlyDictionary<string, double> metrics, DateTimeOffset now)
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
                    ["Timestamp"] = Tree.Of(now),
                }),
        ]);
    }

    private static List<(string Name, Regex Regex)> Definitions(IEnumerable<MetricDefinition> given)
    {
        var definitions = new List<(string, Regex)>();
        foreach (var definition in given)
        {
            try
            {
                definitions.Add((definition.Name, new Regex(definition.Regex, RegexOptions.None, PerLine)));
            }
            catch (ArgumentException)
            {
                // Like AWS, an invalid regular expression matches nothing.
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

    private static IEnumerable<(string Name, double Value)> XGBoost(string line)
    {
        foreach (var match in line.StartsWith('[') ? XGBoostFigure().Matches(line).AsEnumerable() : [])
        {
            if (Number(match.Groups["value"].Value) is { } value)
            {
                yield return ($"{match.Groups["set"].Value}:{match.Groups["metric"].Value}", value);
            }
        }
    }

    private static double? Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    [GeneratedRegex("(?:#011|\t)(?<set>train|validation)-(?<metric>[A-Za-z0-9@_.-]+):(?<value>[-+.0-9eE]+)")]
    private static partial Regex XGBoostFigure();
}
