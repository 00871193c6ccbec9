using System.Globalization;
using Plumbline.Records.Project;
using Plumbline.Records.Recipes;

namespace Plumbline.Records.Monitoring;

/// <summary>The growth of labels since the newest registered version.</summary>
/// <param name="New">Predictions with a label that no registered version was trained with.</param>
/// <param name="Learned">The rows of the newest registered version's data set, held-out ones included.</param>
/// <param name="Wanted">The share at which a training starts; null: growth starts none.</param>
public sealed record LabelsGrown(long New, long Learned, double? Wanted)
{
    /// <summary>
    /// The audit labels of the newest measurement; null if unknown. If they are few, each of them counts, and a training
    /// has few rows (<see cref="FewLabels"/>): then new labels start one without having grown by the share.
    /// </summary>
    public long? Measured { get; init; }

    /// <summary>
    /// True if the project has refreshes: then all new labels start a training, and <see cref="TrainingKind"/> says which
    /// models it trains.
    /// </summary>
    public bool Refreshes { get; init; }

    /// <summary>The growth in a project.</summary>
    /// <param name="project">The share that starts a training, and if the project has refreshes.</param>
    /// <param name="fresh">The new labels.</param>
    /// <param name="learned">The rows of the newest registered version's data set.</param>
    /// <param name="measured">The audit labels of the newest measurement; null if unknown.</param>
    public static LabelsGrown Of(ProjectDescription project, long fresh, long learned, long? measured) =>
        new(fresh, learned, project.Retraining.Growth)
        {
            Measured = measured,
            Refreshes = project.Training.Refreshes(),
        };

    /// <summary>True if growth starts a training.</summary>
    public bool IsDue => Wanted is not null && New > 0 && (Refreshes || AreFew || HasGrown);

    /// <summary>The new labels that are still missing; 0 if growth starts a training, null if it never does.</summary>
    public long? Missing =>
        Wanted is not { } share ? null
        : Refreshes || AreFew ? Math.Max(0, 1 - New)
        : Math.Max(0, (long)Math.Ceiling(Learned * share) - New);

    private bool AreFew => Measured < FewLabels.Few;

    private bool HasGrown =>
        Wanted is { } share && new LabelGrowth(share, Learned).Note(new ArrivedLabels([], Learned + New));

    /// <summary>The growth in words: <c>120 new labels are 8.0 % of …</c></summary>
    public string Sentence() =>
        $"{Plural.Of(New, "new label is", "new labels are")} {Percent(Learned == 0 ? 0 : New / (double)Learned)} of the {Learned} rows that the newest version has learned"
        + (Wanted is { } share && !Refreshes ? $", and {Percent(share)} start a training" : "")
        + (
            IsDue && !Refreshes && !HasGrown
                ? $"; fewer do, too, because the newest measurement has under {FewLabels.Few} labels"
                : ""
        );

    /// <summary>A share in words, such as <c>4.5 %</c>.</summary>
    internal static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
