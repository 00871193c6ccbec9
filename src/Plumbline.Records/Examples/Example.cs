using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Plumbline.Records.Examples;

/// <summary>
/// One thing that a model learns from or is judged by, whose input is content: a line of <c>examples.jsonl</c>, in the
/// shape of SageMaker's augmented manifests.
/// </summary>
public sealed record Example
{
    /// <summary>
    /// The S3 URI of the content. In the list of base data, null for content of the project's own files, whose key is
    /// <see cref="Content.Key"/>.
    /// </summary>
    [JsonPropertyName("source-ref")]
    public string? SourceRef { get; init; }

    /// <summary>
    /// The path of the file below the folder that has a job's channels, such as <c>content/HASH.jpg</c>; null in the list of
    /// base data.
    /// </summary>
    public string? File { get; init; }

    /// <summary>The ETag of content that stays where it is in S3; null for content in the loop's bucket.</summary>
    public string? ETag { get; init; }

    /// <summary>The version of that object, in a bucket with versions.</summary>
    public string? VersionId { get; init; }

    /// <summary>The truth: one of the project's labels.</summary>
    public required string Label { get; init; }

    /// <summary>The truth as JSON, if <see cref="Label"/> is the text of JSON; else null.</summary>
    public JsonNode? Truth { get; init; }

    /// <summary>The class index of the truth; 0 if it is JSON.</summary>
    public required int Class { get; init; }

    public required Content Content { get; init; }

    /// <summary>The split key in hex: examples with the same key are on the same side.</summary>
    public required string Key { get; init; }

    /// <summary>The place in the base data, such as <c>photos/cat/17.jpg</c>, or the id of the correction.</summary>
    public required string Id { get; init; }

    public required ExampleOrigin Origin { get; init; }

    /// <summary>The weight in training; 1 is usual.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The time of the prediction that was corrected, UTC; null for base data.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>False for content in S3 that was listed, and not read yet: it has no hash.</summary>
    [JsonIgnore]
    public bool IsRead => Content.Sha256.Length > 0;

    /// <summary>Writes one line, without the line break.</summary>
    public string ToLine() => RecordJson.Write(this);

    /// <summary>Writes one line with its line break, in UTF-8.</summary>
    public byte[] ToBytes() => [.. RecordJson.WriteBytes(this), (byte)'\n'];

    /// <summary>Reads the lines of a file, one at a time; a missing file has none.</summary>
    /// <exception cref="UserError">A line is not an example.</exception>
    public static IEnumerable<Example> ReadFile(string path) =>
        System.IO.File.Exists(path)
            ? System
                .IO.File.ReadLines(path)
                .Select((line, i) => RecordJson.Read<Example>(line, $"{Path.GetFileName(path)}:{i + 1}"))
            : [];
}

/// <summary>Where an example comes from.</summary>
public enum ExampleOrigin
{
    /// <summary>The project's base data.</summary>
    Base,

    /// <summary>A prediction that a person or a system confirmed or corrected.</summary>
    Correction,
}
