namespace Plumbline.Records.GroundTruth;

/// <summary>
/// A label that a person added while correcting, because <c>review.newLabels</c> allows it: an item of the list
/// <see cref="Layout.AddedLabels"/>. From the next training on it is one of the project's labels, after those of
/// <c>plumbline.yaml</c>.
/// </summary>
/// <param name="Label">The label's name.</param>
/// <param name="By">The person; see <see cref="Correction.Reviewer"/>.</param>
/// <param name="Time">The time at which the person added it, UTC.</param>
public sealed record AddedLabel(string Label, string By, DateTimeOffset Time)
{
    private const int LongestName = 64;

    /// <summary>Reads the list; null for a list that does not exist yet.</summary>
    public static IReadOnlyList<AddedLabel> Read(string? json) =>
        json is null ? [] : RecordJson.Read<List<AddedLabel>>(json, Layout.AddedLabels);

    /// <summary>The names of a list.</summary>
    public static IEnumerable<string> NamesOf(string? json) => Read(json).Select(one => one.Label);

    /// <exception cref="UserError">The text cannot be the name of a label.</exception>
    public static void Check(string label)
    {
        if (label.Length is 0 or > LongestName || label.Trim() != label || label.Any(char.IsControl))
            throw new UserError(
                "label",
                $"a new label needs 1 to {LongestName} characters, without spaces at its ends, not '{label}'"
            );
    }
}
