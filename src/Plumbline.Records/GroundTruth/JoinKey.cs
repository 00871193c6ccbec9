using System.Globalization;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// The key that joins a prediction with its true label: the inference id if the caller gave one, else the event id,
/// which AWS makes. In a body of several rows, <c>#</c> and the row, counted from 0, follow.
/// </summary>
public static class JoinKey
{
    /// <summary>The key of a captured request with one row; null if the record has neither id.</summary>
    public static string? Of(string? inferenceId, string? eventId) =>
        !string.IsNullOrEmpty(inferenceId) ? inferenceId
        : !string.IsNullOrEmpty(eventId) ? eventId
        : null;

    /// <summary>
    /// The prefix of the inference ids of a deployment's own requests and of manual tries. They are captured, but do
    /// not count as traffic.
    /// </summary>
    public const string ProbePrefix = "plumbline-probe-";

    /// <summary>True if a request does not count as traffic.</summary>
    /// <param name="inferenceId">The id in UTF-8.</param>
    public static bool IsProbe(ReadOnlySpan<byte> inferenceId) => inferenceId.StartsWith("plumbline-probe-"u8);

    /// <summary>The key of one row of a body of <paramref name="rows"/> rows.</summary>
    public static string OfRow(string key, int row, int rows) =>
        rows == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}#{row}");
}
