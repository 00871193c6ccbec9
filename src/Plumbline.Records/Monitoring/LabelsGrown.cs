using System.Globalization;
using Plumbline.Records.Recipes;

namespace Plumbline.Records.Monitoring;

/// <summary>The growth of labels since the newest registered version.</summary>
/// <param name="New">Predictions with a label that no registered version was trained with.</param>
/// <param name="Learned">The rows of the newest registered version's data set, held-out ones included.</param>
/// <param name="Wanted">The share at which a training starts; null: growth starts none.</param>
public sealed record LabelsGrown(long New, long Learned, double? Wanted)
{
    /// <summary>True if growth starts a training.</summary>
    public bool IsDue =>
        Wanted is { } share && New > 0 && new LabelGrowth(share, Learned).Note(new ArrivedLabels([], Learned + New));

    /// <summary>The new labels that are still missing; 0 if growth starts a training, null if it never does.</summary>
    public long? Missing => Wanted is { } share ? Math.Max(0, (long)Math.Ceiling(Learned * share) - New) : null;

    /// <summary>The growth in words: <c>120 new labels are 8.0 % of …</c></summary>
    public string Sentence() =>
        $"{Plural.Of(New, "new label is", "new labels are")} {Percent(Learned == 0 ? 0 : New / (double)Learned)} of the {Learned} rows that the newest version has learned"
        + (Wanted is { } share ? $", and {Percent(share)} start a training" : "");

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
