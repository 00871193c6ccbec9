namespace Plumbline.Records.Project;

/// <summary>The accuracy that is asked for.</summary>
public sealed record QualityDescription
{
    /// <summary><c>accuracy</c>: the share of predictions that name the true label.</summary>
    public string Metric { get; init; } = "accuracy";

    /// <summary>
    /// Under this figure the alarm goes off, and a first model whose whole interval is under it is not accepted; in (0, 1).
    /// </summary>
    public double Threshold { get; init; } = 0.90;

    /// <summary>Feature columns whose values get a row of their own in the evaluation (quarters, if over 12 values).</summary>
    public IReadOnlyList<string> Slices { get; init; } = [];
}

/// <summary>When the loop may train again.</summary>
public sealed record RetrainingDescription
{
    /// <summary>The least time between two executions.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The fewest predictions with a label that no registered version was trained with; not asked of a push.</summary>
    public int MinNewLabels { get; init; } = 100;

    /// <summary>The fewest recent held-out rows on which a candidate and production disagree; under it production stays.</summary>
    public int MinPaired { get; init; } = 20;
}

/// <summary>How people see a prediction.</summary>
public sealed record ReviewDescription
{
    /// <summary>The view.</summary>
    public ReviewView View { get; init; } = ReviewView.Table;

    /// <summary>Columns of pixels, for the image view.</summary>
    public int Width { get; init; }

    /// <summary>Rows of pixels, for the image view.</summary>
    public int Height { get; init; }

    /// <summary>The feature value shown as full ink, for the image view.</summary>
    public double Maximum { get; init; } = 255;

    /// <summary>The longest review list, of each of the two.</summary>
    public int Queue { get; init; } = 500;

    /// <summary>
    /// The model's answer about a member of the audit sample is shown only after a person's: who sees it first agrees with
    /// it more often than is right, and the figure comes out too high.
    /// </summary>
    public bool Blind { get; init; }
}

/// <summary>The views.</summary>
public enum ReviewView
{
    /// <summary>Column names and values.</summary>
    Table,

    /// <summary>A grey image of Width x Height features, row by row.</summary>
    Image,

    /// <summary>The first feature as text.</summary>
    Text,
}
