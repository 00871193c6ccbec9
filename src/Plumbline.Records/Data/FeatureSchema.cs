namespace Plumbline.Records.Data;

/// <summary>The feature columns of a time: how rows that were captured then are read today.</summary>
/// <param name="Features">The columns in the order of the model's inputs.</param>
/// <param name="Since">
/// When the first model with them was deployed; when its data set version was made, until a later version knows; null where
/// neither is known.
/// </param>
public sealed record FeatureSchema(IReadOnlyList<string> Features, DateTimeOffset? Since)
{
    /// <summary>The schemas of a line of data set versions up to the columns of now.</summary>
    /// <param name="parent">The version that the line goes on from; null for the first.</param>
    /// <param name="features">The columns now.</param>
    /// <param name="now">When the next version is made.</param>
    /// <param name="deployed">When the parent's model was first deployed; null where that is not known.</param>
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
        // Between its training and its deployment callers still sent the columns of before.
        if (deployed is not null && line[^1].Since is { } made && made == parent.Time)
        {
            line = [.. line.SkipLast(1), line[^1] with { Since = deployed }];
        }
        return line[^1].Features.SequenceEqual(features) ? line : [.. line, new FeatureSchema(features, now)];
    }

    /// <summary>
    /// The cells of a row as the newest schema has them: by name, with a gap where a column is new. A row of as many cells is
    /// read by place, unless the columns are the same in another order.
    /// </summary>
    /// <param name="line">The schemas, oldest first.</param>
    /// <param name="cells">The row's cells.</param>
    /// <param name="time">When it was captured.</param>
    /// <returns>The cells; null where no schema has as many columns, or none of its columns is left.</returns>
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
