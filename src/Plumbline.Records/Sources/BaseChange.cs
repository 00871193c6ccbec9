namespace Plumbline.Records.Sources;

/// <summary>The difference between the objects of a data set version and the objects that are there now.</summary>
/// <param name="Version">The data set version.</param>
/// <param name="Added">Objects that the version does not have.</param>
/// <param name="Replaced">Objects with another content.</param>
/// <param name="Gone">Objects that are not there any more.</param>
public sealed record BaseChange(
    string Version,
    IReadOnlyList<SourceObject> Added,
    IReadOnlyList<SourceObject> Replaced,
    IReadOnlyList<SourceObject> Gone
)
{
    public bool IsEmpty => Added.Count + Replaced.Count + Gone.Count == 0;

    /// <summary>True if the only difference is new objects, as in a feed.</summary>
    public bool IsGrowth => Added.Count > 0 && Replaced.Count + Gone.Count == 0;

    /// <summary>Compares two lists of objects.</summary>
    public static BaseChange Between(string version, IReadOnlyList<SourceObject> then, IReadOnlyList<SourceObject> now)
    {
        var before = then.ToDictionary(one => one.Uri);
        var keys = now.Select(one => one.Uri).ToHashSet();
        return new BaseChange(
            version,
            [.. now.Where(one => !before.ContainsKey(one.Uri))],
            [.. now.Where(one => before.TryGetValue(one.Uri, out var earlier) && !one.IsSame(earlier))],
            [.. then.Where(one => !keys.Contains(one.Uri))]
        );
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
            var example = objects.Count == 1 ? objects[0].Uri : $"the first is {objects[0].Uri}";
            yield return $"{Plural.Of(objects.Count, $"object {one}", $"objects {many}")} ({example})";
        }
    }
}
