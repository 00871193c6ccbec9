using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Records;

/// <summary>The keys of a registered version's CustomerMetadataProperties.</summary>
public static class ModelMetadata
{
    /// <summary><c>old</c>, <c>new</c> or <c>first</c>.</summary>
    public const string Role = "role";

    /// <summary>The data set version that it was trained on; prepare reads it to keep a line of models free of leaks.</summary>
    public const string DataSetVersion = "datasetVersion";

    /// <summary>The project's commit.</summary>
    public const string Commit = "commit";

    /// <summary>The trigger of the execution: <c>push</c>, <c>alarm</c>, <c>schedule</c>, <c>hand</c>.</summary>
    public const string Trigger = "trigger";

    /// <summary>The ARN of the version that it continues or was compared with; empty for a first model.</summary>
    public const string Parent = "parent";

    /// <summary>The name of the training job, where its configuration and curves are.</summary>
    public const string TrainingJob = "trainingJob";

    /// <summary>The S3 URI of the project description that it was trained from.</summary>
    public const string Project = "project";

    /// <summary>
    /// The newest decision that Plumbline made about it: <c>approve</c>, <c>reject</c> or <c>rollback</c>, the id of the act in the
    /// history and <see cref="HashOf"/> of the reason, with colons between them. SageMaker Studio leaves it as it is.
    /// </summary>
    public const string Decision = "decision";

    /// <summary>The first 8 hex digits of the SHA-256 of a reason: it tells a decision from a later one made elsewhere.</summary>
    public static string HashOf(string? reason) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reason ?? "")))[..8];
}
