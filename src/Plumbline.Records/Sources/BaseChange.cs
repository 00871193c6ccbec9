namespace Plumbline.Records.Sources;

/// <summary>The difference between the objects of a data set version and the objects that are there now.</summary>
/// <param name="Version">The data set version.</param>
/// <param name="Added">Objects that the version does not have.</param>
/// <param name="Replaced">Objects with another content.</param>
/// <param name="Gone">Objects that are not there any more.</param>
public sealed record BaseChange(string Version, ChangedObjects Added, ChangedObjects Replaced, ChangedObjects Gone)
{
    public bool IsEmpty => Added.Count + Replaced.Count + Gone.Count == 0;

    /// <summary>True if the only difference is new objects, as in a feed.</summary>
    public bool IsGrowth => Added.Count > 0 && Replaced.Count + Gone.Count == 0;

    /// <summary>Compares two lists of objects in one pass over both, so that they may be as long as they want.</summary>
    /// <param name="version">The data set version.</param>
    /// <param name="then">The version's objects, each once, in the order of <see cref="SourceObject.ByUri"/>.</param>
    /// <param name="now">The objects that are there, in the same order.</param>
    public static BaseChange Between(string version, IEnumerable<SourceObject> then, IEnumerable<SourceObject> now)
    {
        var (added, replaced, gone) = (new ChangedObjects(), new ChangedObjects(), new ChangedObjects());
        using var before = then.GetEnumerator();
        using var after = now.GetEnumerator();
        var (hasBefore, hasAfter) = (before.MoveNext(), after.MoveNext());
        while (hasBefore || hasAfter)
        {
            var order =
                !hasBefore ? 1
                : !hasAfter ? -1
                : SourceObject.ByUri(before.Current, after.Current);
            if (order > 0)
                added = added.With(after.Current);
            else if (order < 0)
                gone = gone.With(before.Current);
            else if (!after.Current.IsSame(before.Current))
                replaced = replaced.With(after.Current);
            hasBefore = order <= 0 ? before.MoveNext() : hasBefore;
            hasAfter = order >= 0 ? after.MoveNext() : hasAfter;
        }
        return new BaseChange(version, added, replaced, gone);
    }

    /// <summary>One sentence about the change; empty without one.</summary>
    public string Sentence() =>
        IsEmpty ? "" : $"Since data set {Version}, {string.Join(", ", Parts())} in the base data.";

    private IEnumerable<string> Parts()
    {
        var parts = new[]
        {
            (Added, "is new", "are new"),
            (Replaced, "was replaced", "were replaced"),
            (Gone, "is gone", "are gone"),
        };
        foreach (var (objects, one, many) in parts.Where(part => part.Item1.Count > 0))
        {
            var example = objects.Count == 1 ? objects.First : $"the first is {objects.First}";
            yield return $"{Plural.Of(objects.Count, $"object {one}", $"objects {many}")} ({example})";
        }
    }
}

/// <summary>Objects of one kind of change.</summary>
/// <param name="Count">The number of objects.</param>
/// <param name="First">The URI of the first; empty if there is none.</param>
public readonly record struct ChangedObjects(int Count, string First)
{
    internal ChangedObjects With(SourceObject one) => new(Count + 1, Count == 0 ? one.Uri : First);
}
