using System.Text.Json.Serialization;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Project;

/// <summary>The metric by which models are judged, and its limit.</summary>
public sealed record QualityDescription
{
    /// <summary>The measured metric, by a name of <see cref="MetricKind"/>.</summary>
    public string Metric { get; init; } = MetricKind.Accuracy;

    /// <summary>
    /// If the figure in production misses it, the alarm goes off: it is the least good value, or the largest error. A
    /// first model is not accepted if its whole interval misses it.
    /// </summary>
    public double Threshold { get; init; } = 0.90;

    /// <summary>
    /// With the metric <c>cost</c>: the costs by the labels of truth and answer. Null for the others.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? Cost { get; init; }

    /// <summary>
    /// In <c>task: custom</c>, the program that gives the loss: the path of a Python file, or of a folder with a C#
    /// project. Null for other tasks.
    /// </summary>
    public string? Score { get; init; }

    /// <summary>
    /// The key of that program in the loop's bucket, by its content. Only the description that a training uploads has it:
    /// so each execution, and each repetition of a version's evaluation, judges by the program of its own commit.
    /// </summary>
    public string? ScoreKey { get; init; }

    /// <summary>True if nothing can be judged yet: the program is packed and uploaded by the commit's own training.</summary>
    public bool LacksProgram() => Score is not null && ScoreKey is null;

    /// <summary>The metric's name, direction and unit.</summary>
    public MetricKind Kind() => MetricKind.Of(Metric);

    /// <summary>
    /// True if a candidate that is significantly worse on base rows is refused, whatever it gains on recent rows.
    /// </summary>
    public bool GuardBase { get; init; }

    /// <summary>
    /// Feature columns whose values get a row of their own in the evaluation (quarters for more than 12 values).
    /// </summary>
    public IReadOnlyList<string> Slices { get; init; } = [];
}

/// <summary>The reasons for which the loop trains by itself, and the limits on that.</summary>
public sealed record RetrainingDescription
{
    /// <summary>
    /// The share of the newest version's rows that starts a training by default when new labels reach it (decision 0117).
    /// </summary>
    public const double UsualGrowth = 0.04;

    /// <summary>
    /// The same for a project with refreshes, since the newest training of all candidates: fewer labels refresh the blend
    /// (decision 0122).
    /// </summary>
    public const double UsualGrowthWithRefreshes = 0.25;

    /// <summary>The share of <see cref="Growth"/> that a project begins with.</summary>
    public static double UsualGrowthOf(TrainingDescription training) =>
        training.Refreshes() ? UsualGrowthWithRefreshes : UsualGrowth;

    /// <summary>
    /// True: a figure that falls under that of the three measurements before, by more than chance explains, starts a
    /// training, even if it does not miss the threshold.
    /// </summary>
    public bool OnChange { get; init; } = true;

    /// <summary>
    /// Labels that are new since the newest registered version start a training when they are this share of the rows
    /// that it had; null: they never do. With refreshes, labels since the newest training of all candidates start another
    /// one when they are this share, and fewer start a refresh (<see cref="Monitoring.TrainingKind"/>).
    /// </summary>
    public double? Growth { get; init; }

    /// <summary>
    /// The most US dollars that the trainings of a calendar month (UTC) may cost before the loop stops to start more by
    /// itself; null without a limit.
    /// </summary>
    public decimal? Budget { get; init; }

    /// <summary>
    /// The least time between two executions. By default it is half of the usual schedule: with all of it, a measurement
    /// that is ready some seconds earlier than the day before would start nothing.
    /// </summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// The fewest predictions with a label that no registered version has learned; a push does not need them.
    /// </summary>
    public int MinNewLabels { get; init; } = 100;

    /// <summary>
    /// The same by default: a table's training costs little, and with few labels each counts (decision 0125). The training
    /// of a network may take a day.
    /// </summary>
    public static int UsualMinNewLabelsOf(TrainingDescription training) => training.BringsCode() ? 100 : 20;

    /// <summary>The end of the cool-down after a training; null without a cool-down, or once it is over.</summary>
    /// <param name="started">The start of the newest training; null before the first.</param>
    /// <param name="now">The cloud's time.</param>
    public DateTimeOffset? CoolsDownUntil(DateTimeOffset? started, DateTimeOffset now) =>
        // Without a cool-down, the start may still be after now: the history's clock has whole seconds.
        CoolDown > TimeSpan.Zero
        && started + CoolDown is { } until
        && until > now
            ? until
            : null;

    /// <summary>True if new labels are too few for a training that the loop asks for by itself.</summary>
    public bool IsTooFew(int newLabels) => newLabels < MinNewLabels;
}

/// <summary>The way in which people see a prediction.</summary>
public sealed record ReviewDescription
{
    public ReviewView View { get; init; } = ReviewView.Table;

    /// <summary>Columns of pixels in the image view.</summary>
    public int Width { get; init; }

    /// <summary>Rows of pixels in the image view.</summary>
    public int Height { get; init; }

    /// <summary>The feature value shown as full ink in the image view.</summary>
    public double Maximum { get; init; } = 255;

    /// <summary>The largest number of items of each review list.</summary>
    public int Queue { get; init; } = 500;

    /// <summary>
    /// Hides the model's answer about a member of the audit sample until a person has answered. A person who sees it
    /// first agrees too often, and the measured accuracy gets too high.
    /// </summary>
    public bool Blind { get; init; }

    /// <summary>
    /// Lets people correct to a label that is not in <c>labels</c>. The next training knows it, and leaves the old
    /// candidate out, because production's model does not.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NewLabels { get; init; }
}

public enum ReviewView
{
    /// <summary>Column names and values.</summary>
    Table,

    /// <summary>A grey image of Width x Height features, row by row.</summary>
    Image,

    /// <summary>The first feature as text.</summary>
    Text,
}
