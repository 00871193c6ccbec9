using Plumbline.Records.Project;

namespace Plumbline.Records.Sources;

/// <summary>An object in S3 with rows of the base data, pinned, so that nothing else is ever read in its place.</summary>
/// <param name="Uri">The object's S3 URI.</param>
/// <param name="Format">The format of its content.</param>
/// <param name="Size">The length in bytes.</param>
/// <param name="ETag">Another content has another one.</param>
public sealed record SourceObject(string Uri, SourceFormat Format, long Size, string ETag)
{
    /// <summary>The version that was read, from a bucket with versions; null before.</summary>
    public string? VersionId { get; init; }

    /// <summary>SHA-256 of the bytes that were read, in lower hex; null before.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The number of rows that were read; null before.</summary>
    public long? Rows { get; init; }

    /// <summary>True if it is an object with the same content under the same key.</summary>
    public bool IsSame(SourceObject other) => (Uri, Size, ETag) == (other.Uri, other.Size, other.ETag);

    /// <summary>
    /// Compares two objects by their URIs, in the order in which S3 lists keys: that of their UTF-8, in which the pairs of
    /// UTF-16 come last.
    /// </summary>
    public static int ByUri(SourceObject one, SourceObject other)
    {
        var (a, b) = (one.Uri, other.Uri);
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
            return a.Length.CompareTo(b.Length);
        var pairs = char.IsSurrogate(a[same]).CompareTo(char.IsSurrogate(b[same]));
        return pairs != 0 ? pairs : a[same].CompareTo(b[same]);
    }

    /// <summary>Reads the objects of a list in a file, one at a time.</summary>
    public static IEnumerable<SourceObject> ReadFile(string path) =>
        File.ReadLines(path)
            .Where(line => line.Length > 0)
            .Select((line, i) => RecordJson.Read<SourceObject>(line, $"{Path.GetFileName(path)}:{i + 1}"));

    /// <summary>Reads the objects of a list, one JSON object a line.</summary>
    /// <param name="text">The list's text.</param>
    /// <param name="place">The list's name in messages.</param>
    public static IReadOnlyList<SourceObject> ReadList(string text, string place) =>
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => RecordJson.Read<SourceObject>(line, place)),
        ];

    /// <summary>The text of a list, as <see cref="ReadList"/> reads it.</summary>
    public static string WriteList(IEnumerable<SourceObject> objects) =>
        string.Concat(objects.Select(one => RecordJson.Write(one) + "\n"));
}
