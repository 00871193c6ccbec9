using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Data;

/// <summary>
/// The report of prepare to the steps after it: <c>prepare.json</c>, a property file. Every property is always there, empty
/// where it has no value, because a pipeline step that reads a missing one fails.
/// </summary>
public sealed record PrepareReport
{
    /// <summary><c>true</c> where production's model can be continued and compared with; <c>false</c> for a first model.</summary>
    public required string HasParent { get; init; }

    /// <summary>Why there is or is no parent, in one sentence.</summary>
    public required string ParentReason { get; init; }

    /// <summary>The model package in production.</summary>
    public string ParentPackageArn { get; init; } = "";

    /// <summary>Its model.tar.gz in S3.</summary>
    public string ParentModelUri { get; init; } = "";

    /// <summary>The data set version that it was trained on.</summary>
    public string ParentDatasetVersion { get; init; } = "";

    /// <summary>The version made, or found.</summary>
    public required string DatasetVersion { get; init; }

    /// <summary>Its manifest.</summary>
    public required string ManifestUri { get; init; }

    /// <summary>The train channel's prefix.</summary>
    public required string TrainUri { get; init; }

    /// <summary>The validation channel's prefix.</summary>
    public required string ValidationUri { get; init; }

    /// <summary>The prefix of recent.csv, base.csv and features.json.</summary>
    public required string TestUri { get; init; }

    /// <summary>Corrections that the parent's version did not know.</summary>
    public required int LabelsAdded { get; init; }

    /// <summary>Lines under <c>corrections/</c> that are not corrections.</summary>
    public SetAside SetAside { get; init; } = new();

    /// <summary>The labels of the last week that were not taken in, in sentences.</summary>
    public string NotTaken { get; init; } = "";

    /// <summary>Corrections that cannot be trained on, by the reason.</summary>
    public IReadOnlyDictionary<string, int> Unusable { get; init; } = new Dictionary<string, int>();

    /// <summary>Rows to train on.</summary>
    public required int TrainRows { get; init; }

    /// <summary>Held-out audit-sample rows.</summary>
    public required int RecentRows { get; init; }

    /// <summary>Held-out base rows.</summary>
    public required int BaseRows { get; init; }

    /// <summary>The project's commit.</summary>
    public string Commit { get; init; } = "";

    /// <summary>The trigger of the execution.</summary>
    public string Trigger { get; init; } = "";
}
