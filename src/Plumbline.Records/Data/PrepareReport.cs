using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Data;

/// <summary>
/// The report of prepare to later steps: <c>prepare.json</c>, a property file. It always has every property, empty if
/// without a value, because a pipeline step fails if it reads a missing one.
/// </summary>
public sealed record PrepareReport
{
    /// <summary>The name of the file.</summary>
    public const string File = "prepare.json";

    /// <summary>
    /// <c>true</c> if production has a model to compare with; <c>false</c> for a first model.
    /// </summary>
    public required string HasParent { get; init; }

    /// <summary>The reason for <see cref="HasParent"/>, in one sentence.</summary>
    public required string ParentReason { get; init; }

    /// <summary>The models that the training compares, by the names of <see cref="Data.Contest"/>.</summary>
    public required string Contest { get; init; }

    /// <summary>The reason why the old candidate is not trained; empty if it is, and for a first model.</summary>
    public string LeftOut { get; init; } = "";

    /// <summary>The model package in production.</summary>
    public string ParentPackageArn { get; init; } = "";

    /// <summary>The S3 URI of the parent's model.tar.gz.</summary>
    public string ParentModelUri { get; init; } = "";

    /// <summary>The data set version that the parent was trained on.</summary>
    public string ParentDatasetVersion { get; init; } = "";

    /// <summary>The new version, or an existing one with the same content.</summary>
    public required string DatasetVersion { get; init; }

    /// <summary>The S3 URI of the manifest.</summary>
    public required string ManifestUri { get; init; }

    /// <summary>The train channel's prefix.</summary>
    public required string TrainUri { get; init; }

    /// <summary>The validation channel's prefix.</summary>
    public required string ValidationUri { get; init; }

    /// <summary>The prefix of recent.csv, base.csv and features.json.</summary>
    public required string TestUri { get; init; }

    /// <summary>
    /// The S3 URI of the folder with the lists of contents, without a slash at its end; empty for a table. See
    /// <see cref="DataSetFiles.ContentLists"/>.
    /// </summary>
    public string ContentsUri { get; init; } = "";

    /// <summary>The S3 URI of the first model, the anchor of a blend; empty without recipes.</summary>
    public string FirstModelUri { get; init; } = "";

    /// <summary>
    /// The S3 URI of the newest model of the recipe <c>new</c>, whose encoder a refresh keeps; empty without a refresh.
    /// </summary>
    public string NewModelUri { get; init; } = "";

    /// <summary><c>true</c> if the newest rows are enough for the recipe <c>recent</c>.</summary>
    public string EnoughRecent { get; init; } = "false";

    /// <summary>The number of corrections that the parent's version did not have.</summary>
    public required int LabelsAdded { get; init; }

    /// <summary>Lines under <c>corrections/</c> that are not corrections.</summary>
    public SetAside SetAside { get; init; } = new();

    /// <summary>Sentences about labels of the last week that were not used.</summary>
    public string NotTaken { get; init; } = "";

    /// <summary>The number of corrections that cannot be trained on, by the reason.</summary>
    public IReadOnlyDictionary<string, int> Unusable { get; init; } = new Dictionary<string, int>();

    /// <summary>The number of rows to train on.</summary>
    public required int TrainRows { get; init; }

    /// <summary>The number of held-out audit-sample rows.</summary>
    public required int RecentRows { get; init; }

    /// <summary>The number of held-out base rows.</summary>
    public required int BaseRows { get; init; }

    public string Commit { get; init; } = "";

    /// <summary>The trigger of the execution.</summary>
    public string Trigger { get; init; } = "";
}
