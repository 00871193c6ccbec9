using System.Text.RegularExpressions;
using Plumbline.Aws.Formats;
using Plumbline.Tables;

namespace Plumbline.Records.Project;

/// <summary>The base data: tables with the same columns, or images and texts; in the project's folder or in S3.</summary>
public sealed record DataDescription
{
    /// <summary>
    /// Path of the file or the folder, relative to the project's folder, without <c>..</c>. If there are
    /// <see cref="Sources"/>, the first of them.
    /// </summary>
    public string File { get; init; } = "data.csv";

    /// <summary>
    /// All locations if there are several or one is in S3: paths as <see cref="File"/>, and S3 URIs of objects or
    /// prefixes. Empty if <see cref="File"/> is the only location.
    /// </summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The format of all files; null if the extension of each file tells its format.</summary>
    public SourceFormat? Format { get; init; }

    /// <summary>True if an example is content (an image, a text) instead of a row of a table.</summary>
    public bool IsContent() => Format is SourceFormat.Folders or SourceFormat.Manifest;

    /// <summary>
    /// The prefixes in S3 that the lines of a manifest may refer to; null for the buckets of the manifests. See
    /// <see cref="ContentPrefixes"/>.
    /// </summary>
    public IReadOnlyList<string>? Contents { get; init; }

    /// <summary>
    /// The prefixes in S3 that have the contents of examples, which stay there: each is empty or ends in a slash. Empty if
    /// all contents are in the project's folder.
    /// </summary>
    public IReadOnlyList<S3Uri> ContentPrefixes() =>
        Format switch
        {
            SourceFormat.Folders => Folders(InS3()),
            SourceFormat.Manifest when Contents is { } given => Folders(given.Select(one => S3Uri.TryParse(one)!)),
            SourceFormat.Manifest => Folders(InS3().Select(one => new S3Uri(one.Bucket, ""))),
            _ => [],
        };

    /// <summary>True if new objects below a prefix in S3 are rows or examples of the next data set version.</summary>
    public bool Grow { get; init; }

    /// <summary>The locations in the project's folder.</summary>
    public IReadOnlyList<string> Paths() =>
        Sources.Count == 0 ? [File] : [.. Sources.Where(source => !S3Uri.IsS3(source))];

    /// <summary>The locations in S3: objects, or prefixes of objects.</summary>
    public IReadOnlyList<S3Uri> InS3() => [.. Sources.Where(S3Uri.IsS3).Select(source => S3Uri.TryParse(source)!)];

    /// <summary>Each prefix once, with a slash at its end, in the order of their keys; none is below another one.</summary>
    private static IReadOnlyList<S3Uri> Folders(IEnumerable<S3Uri> prefixes)
    {
        S3Uri[] all =
        [
            .. prefixes
                .Select(one => one.Key.Length == 0 || one.Key.EndsWith('/') ? one : one with { Key = one.Key + "/" })
                .Distinct(),
        ];
        return
        [
            .. all.Where(one =>
                    !all.Any(other =>
                        other != one
                        && other.Bucket == one.Bucket
                        && one.Key.StartsWith(other.Key, StringComparison.Ordinal)
                    )
                )
                .OrderBy(one => one.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>The column with the true label, one of the project's labels.</summary>
    public string Label { get; init; } = "label";

    /// <summary>
    /// The feature columns in the order of the model's inputs; empty means all columns but label and split key, in file
    /// order.
    /// </summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>
    /// The feature columns with their kinds, in the order of the model's inputs; null if all are numbers.
    /// </summary>
    public TableSchema? Schema { get; init; }

    /// <summary>Columns of the file that the model does not take; null without <see cref="Schema"/>.</summary>
    public IReadOnlyList<string>? Ignored { get; init; }

    /// <summary>
    /// The column that names the entity (a patient, a machine) whose rows must stay together; null keeps only equal
    /// rows together. For content: see <see cref="EntityOf"/>.
    /// </summary>
    public string? SplitKey { get; init; }

    /// <summary>
    /// Finds the entity in the path of a content, or in the key of a prediction, by a split key that is a pattern with a
    /// group; null if the pattern does not match.
    /// </summary>
    public string? EntityOf(string path) =>
        SplitKey is { } pattern && Regex.Match(path, pattern, RegexOptions.NonBacktracking) is { Success: true } match
            ? match.Groups[1].Value
            : null;

    /// <summary>The method that assigns rows to sides.</summary>
    public SplitMethod Split { get; init; } = SplitMethod.Hash;

    /// <summary>The share that judges the models and is never trained on, in (0, 0.9].</summary>
    public double HoldOut { get; init; } = 0.20;

    /// <summary>The share by which training decides when to stop, in (0, 0.9].</summary>
    public double Validation { get; init; } = 0.10;

    /// <summary>A text that is mixed into the hash; another one divides the same rows differently.</summary>
    public string Salt { get; init; } = "";
}

/// <summary>The format of base data: of files with rows, or of contents.</summary>
public enum SourceFormat
{
    /// <summary>A header line, then one row a line.</summary>
    Csv,

    /// <summary>One JSON object a line, with a member for each column.</summary>
    Jsonl,

    /// <summary>Apache Parquet, without nested columns.</summary>
    Parquet,

    /// <summary>Contents: a folder with a subfolder for each class.</summary>
    Folders,

    /// <summary>Contents: JSON Lines in the shape of SageMaker's augmented manifests.</summary>
    Manifest,
}

/// <summary>The method that assigns rows to sides.</summary>
public enum SplitMethod
{
    /// <summary>By a hash of the split key.</summary>
    Hash,

    /// <summary>By time: the newest rows judge. Base rows are in time order in their file.</summary>
    Time,
}
