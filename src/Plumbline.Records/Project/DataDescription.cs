namespace Plumbline.Records.Project;

/// <summary>The base data: one CSV with a header line, in the project's folder.</summary>
public sealed record DataDescription
{
    /// <summary>Path of the file, relative to the project's folder, without <c>..</c>.</summary>
    public string File { get; init; } = "data.csv";

    /// <summary>The column that holds the truth, as one of the project's labels.</summary>
    public string Label { get; init; } = "label";

    /// <summary>The feature columns in the order of the model's inputs; empty means all but label and split key, in file order.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>
    /// The column that names the entity (a patient, a machine) whose rows must stay together;
    /// null means that only equal rows do.
    /// </summary>
    public string? SplitKey { get; init; }

    /// <summary>How rows get their side.</summary>
    public SplitMethod Split { get; init; } = SplitMethod.Hash;

    /// <summary>The share that is never trained on and judges the models, in (0, 0.9].</summary>
    public double HoldOut { get; init; } = 0.20;

    /// <summary>The share that training watches to know when to stop, in (0, 0.9].</summary>
    public double Validation { get; init; } = 0.10;

    /// <summary>Mixed into the hash, for another division of the same rows.</summary>
    public string Salt { get; init; } = "";
}

/// <summary>How rows get their side.</summary>
public enum SplitMethod
{
    /// <summary>By a hash of the split key.</summary>
    Hash,

    /// <summary>By time: the newest rows judge. Base rows are in time order in their file.</summary>
    Time,
}
