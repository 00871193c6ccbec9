using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Tables;

namespace Plumbline.Records.Data;

/// <summary>
/// The inputs and results of a data set version: <c>datasets/&lt;version&gt;/manifest.json</c>. It never changes, and
/// the same content gives the same version at any time.
/// </summary>
public sealed record DataSetManifest
{
    public required string Project { get; init; }

    /// <summary>The feature columns in the order of the model's inputs.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The kinds of the feature columns; null if all are numbers.</summary>
    public TableSchema? Schema { get; init; }

    /// <summary>True if the examples are contents instead of rows; null for a table.</summary>
    public bool? Contents { get; init; }

    /// <summary>The names of the files with examples.</summary>
    [JsonIgnore]
    public DataSetFiles Names => DataSetFiles.Of(Contents == true);

    /// <summary>Class names by class index; the first column of the files holds the index.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    public required SplitRule Split { get; init; }

    /// <summary>The different rules of this version's ancestors; see <see cref="SplitRule"/>.</summary>
    public IReadOnlyList<SplitRule> EarlierSplits { get; init; } = [];

    /// <summary>
    /// The columns of this version and of its ancestors, oldest first; null in old versions, which did not record them.
    /// Not part of the version.
    /// </summary>
    public IReadOnlyList<FeatureSchema>? Schemas { get; init; }

    public required BaseManifest Base { get; init; }

    public required CorrectionsManifest Corrections { get; init; }

    /// <summary>The files by their path below the prefix of the version.</summary>
    public required IReadOnlyDictionary<string, FileManifest> Files { get; init; }

    /// <summary>The time at which the version was made, UTC; not part of the version.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>
    /// The first 16 hex digits of the SHA-256 of the manifest without its time and the earlier columns.
    /// </summary>
    [JsonIgnore]
    public string Version =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    JsonSerializer.Serialize(this with { Time = null, Schemas = null }, RecordJson.Compact)
                )
            )
        )[..16];
}

/// <summary>The hash of the base data and the number of its rows on each side.</summary>
/// <param name="Sha256">SHA-256 of the original file, in lower hex.</param>
/// <param name="Train">Rows on the train side.</param>
/// <param name="Validation">Rows on the validation side.</param>
/// <param name="Test">Rows on the test side.</param>
public sealed record BaseManifest(string Sha256, int Train, int Validation, int Test);

/// <param name="Sha256">SHA-256 of the file, in lower hex.</param>
/// <param name="Rows">The number of lines.</param>
public sealed record FileManifest(string Sha256, int Rows);

/// <summary>The ids of all corrections, by their use, in the order in which the corrections were made.</summary>
public sealed record CorrectionsManifest
{
    /// <summary>On the train side.</summary>
    public IReadOnlyList<Guid> Train { get; init; } = [];

    /// <summary>On the validation side.</summary>
    public IReadOnlyList<Guid> Validation { get; init; } = [];

    /// <summary>On the test side: of the audit sample, and newer than the version that production was trained on.</summary>
    public IReadOnlyList<Guid> Recent { get; init; } = [];

    /// <summary>Replaced by a later correction of the same prediction.</summary>
    public IReadOnlyList<Guid> Superseded { get; init; } = [];

    /// <summary>
    /// Held back from training and from judging: their keys judge, but they are not of the audit sample, or they judged
    /// before and have the key of a held-out base row.
    /// </summary>
    public IReadOnlyList<Guid> HeldBack { get; init; } = [];

    /// <summary>Unusable corrections, by the reason.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Guid>> Unusable { get; init; } =
        new SortedDictionary<string, IReadOnlyList<Guid>>();

    /// <summary>
    /// The number of used corrections with a gap, because a column is newer than they are; null if 0.
    /// </summary>
    public int? WithGaps { get; init; }

    /// <summary>All ids in this manifest.</summary>
    public IEnumerable<Guid> All() =>
        [.. Train, .. Validation, .. Recent, .. Superseded, .. HeldBack, .. Unusable.Values.SelectMany(ids => ids)];
}
