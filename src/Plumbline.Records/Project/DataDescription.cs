using Plumbline.Tables;

namespace Plumbline.Records.Project;

/// <summary>The base data: CSVs with the same header line, in the project's folder.</summary>
public sealed record DataDescription
{
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
    /// rows together.
    /// </summary>
    public string? SplitKey { get; init; }

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
