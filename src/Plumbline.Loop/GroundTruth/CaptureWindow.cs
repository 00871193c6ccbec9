using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.GroundTruth;

/// <summary>Where to look for a prediction. A capture's key has its hour and not the prediction's key: hours are read, newest first.</summary>
/// <param name="From">No hour before that of this time; null for all.</param>
/// <param name="To">No hour after that of this time; null for all.</param>
/// <param name="MostBytes">After so many bytes no further file is read; null for no limit.</param>
public sealed record CaptureWindow(DateTimeOffset? From, DateTimeOffset? To, long? MostBytes)
{
    private const long Gibibyte = 1024 * 1024 * 1024;

    /// <summary>Any time, but not more than a gibibyte: a busy endpoint captures that in hours.</summary>
    public static CaptureWindow Usual { get; } = new(null, null, Gibibyte);

    /// <summary>The hour of a time, and the next: a file may be opened a little after its first prediction.</summary>
    public static CaptureWindow Around(DateTimeOffset time) => new(time.AddHours(-1), time.AddHours(1), null);

    /// <summary>All since a time.</summary>
    public static CaptureWindow Since(DateTimeOffset time) => new(time, null, null);
}

/// <summary>The outcome of a search.</summary>
/// <param name="Found">The prediction; null where none has the key.</param>
/// <param name="BackTo">The earliest hour that was read in full; null where there was none.</param>
/// <param name="IsComplete">False where there is more in the window than could be read.</param>
public sealed record CaptureSearch(CapturedPrediction? Found, DateTimeOffset? BackTo, bool IsComplete);
