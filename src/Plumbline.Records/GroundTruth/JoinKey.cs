using System.Globalization;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// The key that joins a prediction with its truth: the inference id where the caller gave one, else the event id, which AWS makes;
/// for a body of several rows followed by <c>#</c> and the row, counted from 0.
/// </summary>
public static class JoinKey
{
    /// <summary>The key of a captured request with one row, or null where the record has neither id.</summary>
    public static string? Of(string? inferenceId, string? eventId) =>
        !string.IsNullOrEmpty(inferenceId) ? inferenceId
        : !string.IsNullOrEmpty(eventId) ? eventId
        : null;

    /// <summary>
    /// How the inference ids of a deployment's own requests begin, and of what is tried by hand: they are captured like any,
    /// and are nobody's traffic.
    /// </summary>
    public const string ProbePrefix = "plumbline-probe-";

    /// <summary>True where a request is nobody's traffic.</summary>
    /// <param name="inferenceId">UTF-8.</param>
    public static bool IsProbe(ReadOnlySpan<byte> inferenceId) => inferenceId.StartsWith("plumbline-probe-"u8);

    /// <summary>The key of one row of a body of <paramref name="rows"/> rows.</summary>
    public static string OfRow(string key, int row, int rows) =>
        rows == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}#{row}");
}
