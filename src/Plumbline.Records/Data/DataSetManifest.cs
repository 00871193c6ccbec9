using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.Records.Data;

/// <summary>
/// A data set version: what it was made of and what came out. Immutable; the same content gives the same version,
/// whenever it was made. <c>datasets/&lt;version&gt;/manifest.json</c>.
/// </summary>
public sealed record DataSetManifest
{
    /// <summary>The project's name.</summary>
    public required string Project { get; init; }

    /// <summary>The feature columns in the order of the model's inputs.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Class names by class index, which is what the first column of the files holds.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>How rows were divided.</summary>
    public required SplitRule Split { get; init; }

    /// <summary>The rules of this version's ancestors, where they were others; see <see cref="SplitRule"/>.</summary>
    public IReadOnlyList<SplitRule> EarlierSplits { get; init; } = [];

    /// <summary>The columns of this version and of its ancestors, oldest first; null in versions of before there were any. Not part of the version.</summary>
    public IReadOnlyList<FeatureSchema>? Schemas { get; init; }

    /// <summary>The base data.</summary>
    public required BaseManifest Base { get; init; }

    /// <summary>The corrections.</summary>
    public required CorrectionsManifest Corrections { get; init; }

    /// <summary>The files by their path below the version's prefix.</summary>
    public required IReadOnlyDictionary<string, FileManifest> Files { get; init; }

    /// <summary>When it was made, UTC; not part of the version.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The first 16 hex digits of the SHA-256 of the manifest without its time and the columns of before.</summary>
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

/// <summary>The base data.</summary>
/// <param name="Sha256">Of the file as it was, lower hex.</param>
/// <param name="Train">Rows on the side.</param>
/// <param name="Validation">Rows on the side.</param>
/// <param name="Test">Rows on the side.</param>
public sealed record BaseManifest(string Sha256, int Train, int Validation, int Test);

/// <summary>A file of the version.</summary>
/// <param name="Sha256">Of its bytes, lower hex.</param>
/// <param name="Rows">Its lines.</param>
public sealed record FileManifest(string Sha256, int Rows);

/// <summary>The corrections, by what became of them; ids in the order in which they were made.</summary>
public sealed record CorrectionsManifest
{
    /// <summary>Trained on.</summary>
    public IReadOnlyList<Guid> Train { get; init; } = [];

    /// <summary>On the validation side.</summary>
    public IReadOnlyList<Guid> Validation { get; init; } = [];

    /// <summary>On the test side: audit sample only.</summary>
    public IReadOnlyList<Guid> Recent { get; init; } = [];

    /// <summary>A later correction of the same prediction counts instead.</summary>
    public IReadOnlyList<Guid> Superseded { get; init; } = [];

    /// <summary>Queue-chosen or volunteered, but the row's key is on the test side: neither trained on nor judged with.</summary>
    public IReadOnlyList<Guid> HeldBack { get; init; } = [];

    /// <summary>Unusable, by the reason.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Guid>> Unusable { get; init; } =
        new SortedDictionary<string, IReadOnlyList<Guid>>();

    /// <summary>How many of those used have a gap where a column is newer than they are; null for none.</summary>
    public int? WithGaps { get; init; }

    /// <summary>Every id that this version knows.</summary>
    public IEnumerable<Guid> All() =>
        [.. Train, .. Validation, .. Recent, .. Superseded, .. HeldBack, .. Unusable.Values.SelectMany(ids => ids)];
}
