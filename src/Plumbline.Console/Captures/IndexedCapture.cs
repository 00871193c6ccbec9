using Plumbline.Loop.GroundTruth;

namespace Plumbline.WebConsole.Captures;

/// <summary>A captured prediction as the index knows it; its features are in S3.</summary>
public sealed record IndexedCapture
{
    /// <summary>Its number in the index, larger for later ones: where a page ends and the next one begins.</summary>
    public required long Id { get; init; }

    /// <summary>See <see cref="Records.GroundTruth.JoinKey"/>.</summary>
    public required string JoinKey { get; init; }

    /// <summary>When the model answered, UTC, in whole seconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The label, or the answer's own word where that is none of the labels; null where it names nothing.</summary>
    public required string? Predicted { get; init; }

    /// <summary>The model's probability for it, null where the answer had none.</summary>
    public required double? Score { get; init; }

    /// <summary>True where it is in the audit sample.</summary>
    public required bool Audit { get; init; }

    /// <summary>The endpoint's variant that answered.</summary>
    public required string Variant { get; init; }

    /// <summary>The capture file, in the loop's bucket.</summary>
    public required string ObjectKey { get; init; }

    /// <summary>Where its line begins there, in bytes.</summary>
    public required long Offset { get; init; }

    /// <summary>How long that line is, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>Its place in the request's body, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>People's verdict on it; null where there is none.</summary>
    public Verdict? Verdict { get; init; }
}

/// <summary>Which predictions a page is of; what is null does not matter.</summary>
public sealed record CaptureFilter
{
    /// <summary>The predicted label.</summary>
    public string? Label { get; init; }

    /// <summary>True where anybody gave a verdict on it.</summary>
    public bool? Reviewed { get; init; }

    /// <summary>A score under this one.</summary>
    public double? ScoreBelow { get; init; }
}

/// <summary>Predictions, newest first.</summary>
/// <param name="Captures">At most as many as were asked for.</param>
/// <param name="Older">Where the page of older ones begins; null where there are none.</param>
public sealed record CapturePage(IReadOnlyList<IndexedCapture> Captures, long? Older);
