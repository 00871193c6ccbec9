namespace Plumbline.Records.GroundTruth;

/// <summary>
/// The report about a file in <see cref="Layout.TruthDrop"/>, which was taken whole or refused whole:
/// <see cref="Layout.DropReport"/>.
/// </summary>
public sealed record DroppedTruths
{
    /// <summary>The file's key in the loop's bucket.</summary>
    public required string Key { get; init; }

    /// <summary>The ETag of the content that was read.</summary>
    public required string ETag { get; init; }

    /// <summary>The time at which the file was written, UTC.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>The time at which the file was read, UTC.</summary>
    public required DateTimeOffset Read { get; init; }

    /// <summary>The author that the file's metadata names; null if they name none.</summary>
    public string? Who { get; init; }

    /// <summary>The reason in the file's metadata; null without one.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of truths that were taken.</summary>
    public int Truths { get; init; }

    /// <summary>The object of ground truth that has the truths; null if the file was refused.</summary>
    public string? Delivered { get; init; }

    /// <summary>The invalid lines, at most ten, and their number; null if the file was taken.</summary>
    public string? Problem { get; init; }

    /// <summary>The project's labels at that time: with other labels, a refused file is read again.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The first line of <see cref="Problem"/>.</summary>
    internal string FirstProblem => Problem?.Split('\n')[0] ?? "";
}
