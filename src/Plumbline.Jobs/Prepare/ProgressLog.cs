using Plumbline.Records;
using Plumbline.Records.Data;

namespace Plumbline.Jobs.Prepare;

/// <summary>Writes now and then how many rows were read, and ends the reading if the job is stopped.</summary>
internal sealed class ProgressLog(TimeProvider clock, CancellationToken stop)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private readonly long begun = clock.GetTimestamp();
    private long written = clock.GetTimestamp();

    public void Report(BaseProgress progress)
    {
        stop.ThrowIfCancellationRequested();
        if (clock.GetElapsedTime(written) < Pause)
            return;
        written = clock.GetTimestamp();
        var rate = progress.Rows / clock.GetElapsedTime(begun).TotalSeconds;
        var of = progress.Files > 1 ? $" in file {progress.File} of {Plural.Of(progress.Files, "file", "files")}" : "";
        Console.WriteLine($"Read {Plural.Of(progress.Rows, "row", "rows")}{of}, {rate:0} a second.");
    }
}
