using System.Globalization;

namespace Plumbline.Records.Quality;

/// <summary>A metric by its name: its direction, its unit, and the text of its values.</summary>
/// <param name="Name">The name in <c>quality.metric</c>, such as <c>f1:spam</c>.</param>
/// <param name="Words">The name in sentences, such as <c>F1 of spam</c>.</param>
/// <param name="Task">The kind of truths that it measures.</param>
/// <param name="HigherIsBetter">False for an error, of which less is better.</param>
/// <param name="IsShare">True for values up to 1; false for values in a unit of their own.</param>
public sealed record MetricKind(string Name, string Words, TaskKind Task, bool HigherIsBetter, bool IsShare)
{
    /// <summary>The metric of projects that do not name one, and of all records that do not.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>The default of a regression.</summary>
    public const string MeanAbsoluteError = "mae";

    /// <summary>The default of several labels: the share of labels that are wrong.</summary>
    public const string Hamming = "hamming";

    /// <summary>The share of examples without a wrong label.</summary>
    public const string SubsetAccuracy = "subset_accuracy";

    /// <summary>The metric of the project's own program; records have its direction and name after a colon.</summary>
    public const string Custom = "custom";

    private const string CustomHigher = "custom:higher:";
    private const string CustomLower = "custom:lower:";

    /// <summary>The name before the label in the F1 of one class, <c>f1:spam</c>.</summary>
    private const string F1 = "f1:";

    private static readonly MetricKind[] Known =
    [
        new(Accuracy, "Accuracy", TaskKind.Classification, true, true),
        new("balanced_accuracy", "Balanced accuracy", TaskKind.Classification, true, true),
        new("f1_macro", "Macro F1", TaskKind.Classification, true, true),
        new("auc", "AUC", TaskKind.Classification, true, true),
        new("log_loss", "Log loss", TaskKind.Classification, false, false),
        new("cost", "Cost", TaskKind.Classification, false, false),
        new("rmse", "RMSE", TaskKind.Regression, false, false),
        new(MeanAbsoluteError, "Mean absolute error", TaskKind.Regression, false, false),
        new("mape", "Mean absolute percentage error", TaskKind.Regression, false, true),
        new("r2", "R2", TaskKind.Regression, true, true),
        new(Hamming, "Hamming loss", TaskKind.MultiLabel, false, true),
        new(SubsetAccuracy, "Subset accuracy", TaskKind.MultiLabel, true, true),
        new("f1_macro", "Macro F1", TaskKind.MultiLabel, true, true),
        new("f1_micro", "Micro F1", TaskKind.MultiLabel, true, true),
    ];

    /// <summary>The metric's name in CloudWatch: without the label of <c>f1:spam</c>.</summary>
    public string Published =>
        Name.StartsWith(F1, StringComparison.Ordinal) ? F1.TrimEnd(':')
        : Task == TaskKind.Custom ? Words
        : Name;

    /// <summary>The label of the F1 of one class; null for other metrics.</summary>
    public string? Label => Name.StartsWith(F1, StringComparison.Ordinal) ? Name[F1.Length..] : null;

    /// <summary>True if a metric of this kind takes any value over 0, so that no threshold fits every project.</summary>
    public bool NeedsThreshold => !HigherIsBetter;

    /// <summary>The names that a project of this task can write.</summary>
    public static IReadOnlyList<string> NamesOf(TaskKind task) =>
        [
            .. Known.Where(metric => metric.Task == task).Select(metric => metric.Name),
            .. task == TaskKind.Classification ? [F1 + "LABEL"]
            : task == TaskKind.Custom ? [Custom]
            : Array.Empty<string>(),
        ];

    /// <summary>The project's own metric, whose name in records also has the direction.</summary>
    public static MetricKind OfOwn(string name, bool higherIsBetter) =>
        new((higherIsBetter ? CustomHigher : CustomLower) + name, name, TaskKind.Custom, higherIsBetter, false);

    /// <summary>The metric of a name; null for a name that is not a metric.</summary>
    /// <param name="name">The name.</param>
    /// <param name="task">The task, of which some names have a metric of their own; null takes the first.</param>
    public static MetricKind? Find(string name, TaskKind? task = null) =>
        name.StartsWith(CustomHigher, StringComparison.Ordinal) ? OfOwn(name[CustomHigher.Length..], true)
        : name.StartsWith(CustomLower, StringComparison.Ordinal) ? OfOwn(name[CustomLower.Length..], false)
        : name.StartsWith(F1, StringComparison.Ordinal) && name.Length > F1.Length
            ? new MetricKind(name, $"F1 of {name[F1.Length..]}", TaskKind.Classification, true, true)
        : Array.Find(Known, metric => metric.Name == name && metric.Task == task)
            ?? Array.Find(Known, metric => metric.Name == name);

    /// <summary>The metric of a name in a record; an unknown name is a higher-is-better metric of that name.</summary>
    public static MetricKind Of(string name, TaskKind? task = null) =>
        Find(name, task) ?? new MetricKind(name, name, TaskKind.Classification, true, true);

    /// <summary>True if a value is on the wrong side of a threshold; false for NaN.</summary>
    public bool Misses(double value, double threshold) => HigherIsBetter ? value < threshold : value > threshold;

    /// <summary>By how much the first value is better than the second; negative if it is worse.</summary>
    public double Gain(double value, double other) => HigherIsBetter ? value - other : other - value;

    /// <summary>The value as text: a share with three decimals, any other with four digits.</summary>
    public string Text(double value) =>
        IsShare || Math.Abs(value) < 1
            ? value.ToString("0.000", CultureInfo.InvariantCulture)
            : value.ToString(Math.Abs(value) < 100 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>The side of the threshold, as a word: <c>under</c>, or <c>over</c> for an error.</summary>
    public string WrongSide => HigherIsBetter ? "under" : "over";

    /// <summary>The name inside a sentence: <c>balanced accuracy</c>, <c>RMSE</c>.</summary>
    public string InSentence =>
        Words.Length > 1 && char.IsLower(Words[1]) ? char.ToLowerInvariant(Words[0]) + Words[1..] : Words;
}
