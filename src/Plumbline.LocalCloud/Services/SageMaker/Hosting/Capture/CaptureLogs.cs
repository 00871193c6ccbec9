using System.Collections.Concurrent;
using System.Threading.Channels;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.State;
using Channel = System.Threading.Channels.Channel;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;

/// <summary>All open capture logs, and the files that are ready to be stored.</summary>
internal sealed class CaptureLogs(DataFolder data, CivilClock clock)
{
    private readonly ConcurrentDictionary<CaptureLog, bool> logs = new();
    private readonly Channel<string> closed = Channel.CreateUnbounded<string>();

    /// <summary>The folder of all files that are not stored yet.</summary>
    public string Folder { get; } = data.Folder("captures");

    /// <summary>Files of an earlier run of the local cloud, listed before this run opens its first file.</summary>
    public IReadOnlyList<string> Leftovers { get; } = [.. CaptureTarget.Waiting(data.Folder("captures"))];

    /// <summary>Files that the logs have handed over.</summary>
    public ChannelReader<string> Closed => closed.Reader;

    /// <summary>Opens a log for a variant. Returns null if its endpoint does not capture.</summary>
    /// <param name="config">AWS's DataCaptureConfig.</param>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="variantName">The endpoint's variant.</param>
    /// <param name="roleArn">The role that stores the captures.</param>
    public CaptureLog? Open(DataCaptureConfig? config, string endpointName, string variantName, string? roleArn)
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

    /// <summary>Closes a log, which must not be used any more, and hands its file over.</summary>
    public void Close(CaptureLog log)
    {
        logs.TryRemove(log, out _);
        log.Close();
    }

    /// <summary>Makes every log hand its file over if it is due.</summary>
    public void RollWhatIsDue()
    {
        foreach (var log in logs.Keys)
        {
            log.RollIfDue();
        }
    }
}
