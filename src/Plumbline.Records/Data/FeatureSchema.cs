namespace Plumbline.Records.Data;

/// <summary>The feature columns of a period, for reading rows that were captured in it.</summary>
/// <param name="Features">The columns in the order of the model's inputs.</param>
/// <param name="Since">
/// The time at which the first model with these columns was deployed. Until a later version knows that time, it is the
/// time at which its data set version was made; null if both are unknown.
/// </param>
public sealed record FeatureSchema(IReadOnlyList<string> Features, DateTimeOffset? Since)
{
    /// <summary>Returns the schemas of a line of data set versions, up to the current columns.</summary>
    /// <param name="parent">The version that the line continues; null for the first version.</param>
    /// <param name="features">The current columns.</param>
    /// <param name="now">The time at which the next version is made.</param>
    /// <param name="deployed">The time at which the parent's model was first deployed; null if unknown.</param>
    public static IReadOnlyList<FeatureSchema> Line(
        DataSetManifest? parent,
        IReadOnlyList<string> features,
        DateTimeOffset now,
        DateTimeOffset? deployed = null
    )
    {
        if (parent is null)
        {
            return [new FeatureSchema(features, null)];
        }
        var line = parent.Schemas ?? [new FeatureSchema(parent.Features, null)];
        // Until the deployment of the new model, callers still sent the earlier columns.
        if (deployed is not null && line[^1].Since is { } made && made == parent.Time)
        {
            line = [.. line.SkipLast(1), line[^1] with { Since = deployed }];
        }
        return line[^1].Features.SequenceEqual(features) ? line : [.. line, new FeatureSchema(features, now)];
    }

    /// <summary>
    /// Converts the cells of a row to the newest schema: by name, with a gap for a new column. A row with the same
    /// number of cells is read by place, unless only the order of the columns has changed.
    /// </summary>
    /// <param name="line">The schemas, oldest first.</param>
    /// <param name="cells">The row's cells.</param>
    /// <param name="time">The time at which the row was captured.</param>
    /// <returns>
    /// The cells; null if no schema has this number of columns, or none of its columns exists any more.
    /// </returns>
    public static string[]? Read(IReadOnlyList<FeatureSchema> line, string[] cells, DateTimeOffset time)
    {
        var now = line[^1].Features;
        var then =
            line.LastOrDefault(one => one.Features.Count == cells.Length && !(one.Since > time))
            ?? line.FirstOrDefault(one => one.Features.Count == cells.Length);
        if (then is null)
        {
            return null;
        }
        if (
            then.Features.SequenceEqual(now) || (cells.Length == now.Count && !then.Features.ToHashSet().SetEquals(now))
        )
        {
            return cells;
        }
        var byName = then.Features.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second);
        return now.Any(byName.ContainsKey) ? [.. now.Select(name => byName.GetValueOrDefault(name, ""))] : null;
    }
}
