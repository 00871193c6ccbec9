using Plumbline.Loop.GroundTruth;

namespace Plumbline.WebConsole.Captures;

/// <summary>A captured prediction in the index; its features are only in S3.</summary>
public sealed record IndexedCapture
{
    /// <summary>The number in the index, larger for later predictions; pages begin and end at one.</summary>
    public required long Id { get; init; }

    /// <summary>See <see cref="Records.GroundTruth.JoinKey"/>.</summary>
    public required string JoinKey { get; init; }

    /// <summary>When the model answered, UTC, in whole seconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The label, the predicted number, or the answer's own word for an unknown label; null if the answer names nothing.</summary>
    public required string? Predicted { get; init; }

    /// <summary>The model's probability for the label; null if the answer had none.</summary>
    public required double? Score { get; init; }

    /// <summary>True if the prediction is in the audit sample.</summary>
    public required bool Audit { get; init; }

    /// <summary>The endpoint's variant that answered.</summary>
    public required string Variant { get; init; }

    /// <summary>The capture file, in the loop's bucket.</summary>
    public required string ObjectKey { get; init; }

    /// <summary>The offset of its line in the file, in bytes.</summary>
    public required long Offset { get; init; }

    /// <summary>The length of that line, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>The number of its row in the request's body, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>People's verdict on it; null before the first answer.</summary>
    public Verdict? Verdict { get; init; }
}

/// <summary>The conditions for the predictions of a page; a null condition is ignored.</summary>
public sealed record CaptureFilter
{
    public string? Label { get; init; }

    /// <summary>True for predictions with a verdict, false for those without.</summary>
    public bool? Reviewed { get; init; }

    /// <summary>The score, or the predicted number, is less than this.</summary>
    public double? ScoreBelow { get; init; }
}

/// <summary>A page of predictions, newest first.</summary>
/// <param name="Captures">At most as many as were asked for.</param>
/// <param name="Older">The start of the page of older predictions; null if this is the last page.</param>
public sealed record CapturePage(IReadOnlyList<IndexedCapture> Captures, long? Older);
