using System.Globalization;
using Plumbline.Records.Quality;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Records.Project;

/// <summary>Reads the task and the section quality.</summary>
internal static class QualitySection
{
    public static TaskKind Task(YamlSection root) =>
        root.Choice(
            "task",
            TaskKind.Classification,
            ("classification", TaskKind.Classification),
            ("regression", TaskKind.Regression),
            ("multi-label", TaskKind.MultiLabel),
            ("custom", TaskKind.Custom)
        );

    public static QualityDescription Read(
        YamlSection root,
        TaskKind task,
        DataDescription data,
        IReadOnlyList<string> labels
    )
    {
        var s = root.Section(
            "quality",
            "metric",
            "threshold",
            "cost",
            "guardBase",
            "slices",
            "name",
            "better",
            "score"
        );
        if (task != TaskKind.Custom && Array.Find(["name", "better", "score"], s.Has) is { } own)
            throw s.Error(own, "goes with `task: custom`");
        var metric = Metric(s, task, labels);
        var quality = new QualityDescription
        {
            Metric = metric.Name,
            Threshold = Threshold(s, metric),
            Cost = Costs(s, metric, labels),
            GuardBase = s.Flag("guardBase", false),
            Slices = s.Texts("slices"),
            Score = task == TaskKind.Custom ? Score(s) : null,
        };
        if (
            data.Features.Count > 0
            && quality.Slices.FirstOrDefault(slice => !data.Features.Contains(slice)) is { } unknown
        )
            throw s.Error("slices", $"'{unknown}' is not one of data.features");
        return quality;
    }

    private static MetricKind Metric(YamlSection s, TaskKind task, IReadOnlyList<string> labels)
    {
        var usual = task switch
        {
            TaskKind.Regression => MetricKind.MeanAbsoluteError,
            TaskKind.MultiLabel => MetricKind.Hamming,
            TaskKind.Custom => MetricKind.Custom,
            _ => MetricKind.Accuracy,
        };
        var name = s.Text("metric", usual);
        if (task == TaskKind.Custom && name == MetricKind.Custom)
            return Own(s);
        var kind = MetricKind.Find(name, task);
        if (kind is null || kind.Task != task)
            throw s.Error("metric", $"must be one of {string.Join(", ", MetricKind.NamesOf(task))}, not '{name}'");
        if (kind.Label is { } label && !labels.Contains(label))
            throw s.Error("metric", $"'{label}' is not one of labels: {string.Join(", ", labels.Take(12))}");
        return name == "auc" && labels.Count != 2 ? throw s.Error("metric", "auc needs two labels") : kind;
    }

    /// <summary>The metric of the project's own program, whose name becomes the metric in CloudWatch.</summary>
    private static MetricKind Own(YamlSection s)
    {
        var name = s.Text("name", "loss");
        return name.Length <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? MetricKind.OfOwn(name, s.Choice("better", false, ("lower", false), ("higher", true)))
            : throw s.Error("name", $"must be 1 to 64 letters, digits, '_', '-' or '.', not '{name}'");
    }

    private static string Score(YamlSection s)
    {
        var path = s.Text("score", "score.py");
        return Path.IsPathRooted(path) || path.Split('/', '\\').Contains("..")
            ? throw s.Error("score", "must be a Python file or the folder of a C# project, inside the project's folder")
            : path;
    }

    private static double Threshold(YamlSection s, MetricKind metric)
    {
        if (metric.Task == TaskKind.Custom)
            return s.Has("threshold")
                ? s.Number("threshold", 0)
                : throw s.Error(
                    "threshold",
                    $"is missing: write the {(metric.HigherIsBetter ? "least" : "largest")} {metric.Words} that is still good"
                );
        if (metric.HigherIsBetter)
            return s.Share("threshold", new QualityDescription().Threshold, 0.999999);
        if (!s.Has("threshold"))
            throw s.Error(
                "threshold",
                $"is missing: {metric.Name} is an error, of which less is better; write the largest one that is still good"
            );
        return metric.IsShare ? s.Share("threshold", 0, 100) : s.Number("threshold", 0);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, double>>? Costs(
        YamlSection s,
        MetricKind metric,
        IReadOnlyList<string> labels
    )
    {
        if (!s.Has("cost"))
            return null;
        if (metric.Name != "cost")
            throw s.Error("cost", "goes with `metric: cost`");
        var rows = s.Section("cost", keys: null);
        var costs = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        foreach (var actual in rows.Keys.Order(StringComparer.Ordinal))
        {
            var row = rows.Section(actual, keys: null);
            costs[Known(rows, actual, labels)] = row
                .Keys.Order(StringComparer.Ordinal)
                .ToDictionary(predicted => Known(row, predicted, labels), predicted => Cost(row, predicted));
        }
        return costs;
    }

    private static string Known(YamlSection s, string label, IReadOnlyList<string> labels) =>
        labels.Contains(label)
            ? label
            : throw s.Error(label, $"'{label}' is not one of labels: {string.Join(", ", labels.Take(12))}");

    /// <summary>A right answer may cost too, and may cost nothing.</summary>
    private static double Cost(YamlSection row, string predicted) =>
        row.Node(predicted) is YamlScalarNode { Value: { } text }
        && double.TryParse(text, CultureInfo.InvariantCulture, out var cost)
        && cost is >= 0 and < 1e12
            ? cost
            : throw row.Error(predicted, "must be a number from 0, the cost of this answer");
}
