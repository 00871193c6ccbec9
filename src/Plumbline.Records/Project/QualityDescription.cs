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

/// <summary>The limits on repeated trainings.</summary>
public sealed record RetrainingDescription
{
    /// <summary>The least time between two executions.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The fewest predictions with a label that no registered version has learned; a push does not need them.
    /// </summary>
    public int MinNewLabels { get; init; } = 100;
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
