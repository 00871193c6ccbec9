using System.Text.RegularExpressions;
using Plumbline.Tables;

namespace Plumbline.Records.Project;

/// <summary>The base data in the project's folder: CSVs with the same header line, or content (images, texts).</summary>
public sealed record DataDescription
{
    /// <summary>The form of base data whose examples are content; null for a table.</summary>
    public ContentFormat? Format { get; init; }

    /// <summary>True if an example is content instead of a row of a table.</summary>
    public bool IsContent() => Format is not null;

    /// <summary>Path of the file or the folder, relative to the project's folder, without <c>..</c>.</summary>
    public string File { get; init; } = "data.csv";

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

/// <summary>The method that assigns rows to sides.</summary>
public enum SplitMethod
{
    /// <summary>By a hash of the split key.</summary>
    Hash,

    /// <summary>By time: the newest rows judge. Base rows are in time order in their file.</summary>
    Time,
}

/// <summary>The form of base data whose examples are content.</summary>
public enum ContentFormat
{
    /// <summary>A folder with one subfolder for each class.</summary>
    Folders,

    /// <summary>JSON Lines in the shape of SageMaker's augmented manifests.</summary>
    Jsonl,
}
