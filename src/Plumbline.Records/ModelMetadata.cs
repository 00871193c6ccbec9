using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Records;

/// <summary>The keys of CustomerMetadataProperties of a registered version.</summary>
public static class ModelMetadata
{
    /// <summary><c>old</c>, <c>new</c>, <c>blend</c> or <c>first</c>.</summary>
    public const string Role = "role";

    /// <summary>The parts of a blend with their weights, such as <c>decay 0.60 + new 0.40</c>; only for a blend.</summary>
    public const string Weights = "weights";

    /// <summary>
    /// The data set version that the model was trained on; prepare reads it to keep a line of models free of leaks.
    /// </summary>
    public const string DataSetVersion = "datasetVersion";

    public const string Commit = "commit";

    /// <summary>The trigger of the execution: <c>push</c>, <c>alarm</c>, <c>schedule</c>, <c>hand</c>.</summary>
    public const string Trigger = "trigger";

    /// <summary>The ARN of the version that it continues or was compared with; empty for a first model.</summary>
    public const string Parent = "parent";

    /// <summary>The name of the training job, which has its configuration and curves.</summary>
    public const string TrainingJob = "trainingJob";

    /// <summary>The S3 URI of the project description for this training.</summary>
    public const string Project = "project";

    /// <summary>
    /// Plumbline's newest decision about the version: <c>approve</c>, <c>reject</c> or <c>rollback</c>, the id of the
    /// act in the history and <see cref="HashOf"/> of the reason, separated by colons. SageMaker Studio does not change
    /// it.
    /// </summary>
    public const string Decision = "decision";

    /// <summary>
    /// The first 8 hex digits of the SHA-256 of a reason. A different hash shows that a later decision was made outside
    /// Plumbline.
    /// </summary>
    public static string HashOf(string? reason) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reason ?? "")))[..8];
}
