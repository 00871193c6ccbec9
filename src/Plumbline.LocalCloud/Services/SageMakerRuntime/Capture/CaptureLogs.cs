using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Capture;

/// <summary>All capture logs that are open, and the files that wait to be stored.</summary>
internal sealed class CaptureLogs(DataFolder data, CivilClock clock)
{
    private readonly ConcurrentDictionary<CaptureLog, bool> logs = new();
    private readonly Channel<string> closed = Channel.CreateUnbounded<string>();

    /// <summary>Where files lie until they are stored.</summary>
    public string Folder { get; } = data.Folder("captures");

    /// <summary>Files that an earlier server left; found before any is opened here.</summary>
    public IReadOnlyList<string> Leftovers { get; } = [.. CaptureTarget.Waiting(data.Folder("captures"))];

    /// <summary>Files that have been handed over.</summary>
    public ChannelReader<string> Closed => closed.Reader;

    /// <summary>A log for a variant; null where its endpoint captures nothing.</summary>
    /// <param name="config">AWS's DataCaptureConfig.</param>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="variantName">Its variant.</param>
    /// <param name="roleArn">In whose name captures are stored.</param>
    public CaptureLog? Open(JsonObject? config, string endpointName, string variantName, string? roleArn)
    {
        if (CaptureSettings.Of(config) is not { } settings)
        {
            return null;
        }

        var log = new CaptureLog(
            settings,
            $"{endpointName}/{variantName}/",
            roleArn,
            Folder,
            clock,
            path => closed.Writer.TryWrite(path)
        );
        logs[log] = true;
        return log;
    }

    /// <summary>The log takes no more.</summary>
    public void Close(CaptureLog log)
    {
        logs.TryRemove(log, out _);
        log.Close();
    }

    /// <summary>Hands over every file that is due.</summary>
    public void RollWhatIsDue()
    {
        foreach (var log in logs.Keys)
        {
            log.RollIfDue();
        }
    }
}
