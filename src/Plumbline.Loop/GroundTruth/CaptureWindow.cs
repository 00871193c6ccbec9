using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.GroundTruth;

/// <summary>Where to search for a prediction. Files are named by hour only, so hours are read, newest first.</summary>
/// <param name="From">A time in the first hour; null for all.</param>
/// <param name="To">A time in the last hour; null for all.</param>
/// <param name="MostBytes">The search ends after so many bytes; null for no limit.</param>
public sealed record CaptureWindow(DateTimeOffset? From, DateTimeOffset? To, long? MostBytes)
{
    private const long Gibibyte = 1024 * 1024 * 1024;

    /// <summary>All times, but at most one GiB: a busy endpoint captures that in hours.</summary>
    public static CaptureWindow Usual { get; } = new(null, null, Gibibyte);

    /// <summary>The hour of a time and its neighbours: a file may be opened after its first prediction.</summary>
    public static CaptureWindow Around(DateTimeOffset time) => new(time.AddHours(-1), time.AddHours(1), null);

    public static CaptureWindow Since(DateTimeOffset time) => new(time, null, null);
}

/// <summary>The outcome of a search.</summary>
/// <param name="Found">The prediction; null if none has the key.</param>
/// <param name="BackTo">The earliest hour that was read in full, or null.</param>
/// <param name="IsComplete">False if the limit ended the search before the end of the window.</param>
public sealed record CaptureSearch(CapturedPrediction? Found, DateTimeOffset? BackTo, bool IsComplete);
