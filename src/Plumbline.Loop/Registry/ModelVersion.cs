using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Evaluation;

namespace Plumbline.Loop.Registry;

/// <summary>A version in the model package group.</summary>
/// <param name="Arn">The package's ARN.</param>
/// <param name="Version">Its number in the group.</param>
/// <param name="Status">PendingManualApproval, Approved or Rejected.</param>
/// <param name="StatusReason">The reason of the last decision; before one, the package's description.</param>
/// <param name="Created">When it was registered.</param>
/// <param name="Modified">When it was last changed.</param>
/// <param name="Metadata">CustomerMetadataProperties; see <see cref="ModelMetadata"/>.</param>
/// <param name="ModelUri">The model in S3; empty if it was registered without one.</param>
/// <param name="Image">The serving image; empty if it was registered without one.</param>
/// <param name="StatisticsUri">The evaluation in S3, or null.</param>
/// <param name="GeneratedBy">The ARN of the execution that registered it; null if none did.</param>
public sealed record ModelVersion(
    string Arn,
    long Version,
    string Status,
    string? StatusReason,
    DateTimeOffset Created,
    DateTimeOffset Modified,
    IReadOnlyDictionary<string, string> Metadata,
    string ModelUri,
    string Image,
    string? StatisticsUri,
    string? GeneratedBy
)
{
    /// <summary><c>old</c>, <c>new</c>, <c>blend</c> or <c>first</c>; empty for a version that the loop did not register.</summary>
    public string Role => Metadata.GetValueOrDefault(ModelMetadata.Role, "");

    /// <summary>The parts of a blend with their weights; empty for other models.</summary>
    public string Weights => Metadata.GetValueOrDefault(ModelMetadata.Weights, "");

    /// <summary>The data set version that it was trained on.</summary>
    public string DataSetVersion => Metadata.GetValueOrDefault(ModelMetadata.DataSetVersion, "");

    /// <summary>The commit that it was made from; empty if it is unknown.</summary>
    public string Commit =>
        Metadata.GetValueOrDefault(ModelMetadata.Commit, "") is var commit && commit != TrainingInputs.NoCommit
            ? commit
            : "";

    /// <summary>The status, and the reason if one was given.</summary>
    /// <param name="word">A word before the reason, such as <c>already</c>.</param>
    public string StatusText(string word = "") =>
        $"{Status} {word}".TrimEnd() + (string.IsNullOrWhiteSpace(StatusReason) ? "." : $": {StatusReason}");

    /// <summary>The newest recorded <see cref="ModelMetadata.Decision"/>; empty before the first.</summary>
    public string Decision => Metadata.GetValueOrDefault(ModelMetadata.Decision, "");

    /// <summary>True before the first decision.</summary>
    public bool IsPending => Status == ModelApprovalStatus.PendingManualApproval;

    /// <summary>Reads the answer of DescribeModelPackage.</summary>
    public static ModelVersion Of(DescribeModelPackageOutput package)
    {
        // A version may be registered without a serving container: it is listed, but cannot be deployed.
        var container = package.InferenceSpecification?.Containers.FirstOrDefault();
        return new ModelVersion(
            package.ModelPackageArn,
            package.ModelPackageVersion ?? 0,
            package.ModelApprovalStatus ?? "",
            package.ApprovalDescription ?? package.ModelPackageDescription,
            package.CreationTime,
            package.LastModifiedTime ?? package.CreationTime,
            package.CustomerMetadataProperties,
            container?.ModelDataUrl ?? "",
            container?.Image ?? "",
            package.ModelMetrics?.ModelQuality?.Statistics?.S3Uri,
            package.MetadataProperties?.GeneratedBy
        );
    }
}

/// <summary>A version with its evaluation.</summary>
/// <param name="Model">The version.</param>
/// <param name="Evaluation">The figures; null if they are unknown.</param>
/// <param name="InProduction">True if the endpoint serves it.</param>
public sealed record EvaluatedVersion(ModelVersion Model, EvaluationReport? Evaluation, bool InProduction)
{
    /// <summary>The version that supersedes a pending one (<see cref="ModelRegistry.NewerThan"/>), or null.</summary>
    public long? SupersededBy { get; init; }

    /// <summary>The status for people.</summary>
    public string StatusText() => StatusText(Model, SupersededBy);

    /// <summary>The status of a version for people.</summary>
    /// <param name="model">The version.</param>
    /// <param name="newer">The version that supersedes it if it is pending; null without one.</param>
    public static string StatusText(ModelVersion model, long? newer) =>
        !model.IsPending ? model.Status
        : newer is null ? "Pending"
        : $"Superseded by {newer}";
}

/// <summary>The evidence for a decision about a version.</summary>
/// <param name="Report">The figures of the evaluation.</param>
/// <param name="Hash">SHA-256 of the document that they were read from, lower hex.</param>
public sealed record Evidence(EvaluationReport Report, string Hash);
