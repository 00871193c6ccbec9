using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;

/// <summary>Writes the captures of one variant to files, and hands over files that are old or large enough.</summary>
internal sealed class CaptureLog(
    CaptureSettings settings,
    string prefix,
    string? roleArn,
    string folder,
    CivilClock clock,
    Action<string> handOver
)
{
    private const long LargestFile = 8 * 1024 * 1024;
    private static readonly TimeSpan OldestFile = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private CaptureFile? open;

    /// <summary>Returns true if this invocation is to be captured.</summary>
    public bool IsSampled() => settings.IsSampled();

    /// <summary>Captures an invocation. When this returns, a kill of this process cannot lose the capture.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Write(in CapturedInvocation invocation)
    {
        var line = CaptureLineWriter.Write(invocation, settings);
        lock (gate)
        {
            if (open is not null && (open.Hour != CaptureFile.HourOf(invocation.Time) || open.Length > LargestFile))
            {
                Roll();
            }

            open ??= CaptureFile.Open(
                folder,
                (settings.Bucket, settings.Prefix + prefix),
                roleArn,
                invocation.Time,
                ProcessTime.Clock.GetTimestamp()
            );
            open.Write(line);
        }
    }

    /// <summary>Hands the open file over if it is old enough or its hour is over.</summary>
    public void RollIfDue()
    {
        lock (gate)
        {
            if (
                open is not null
                && (
                    ProcessTime.Clock.GetElapsedTime(open.OpenedAt) >= OldestFile
                    || open.Hour != CaptureFile.HourOf(clock.GetUtcNow())
                )
            )
            {
                Roll();
            }
        }
    }

    /// <summary>Hands the open file over, if there is one.</summary>
    public void Close()
    {
        lock (gate)
        {
            Roll();
        }
    }

    private void Roll()
    {
        if (open is { } file)
        {
            file.Dispose();
            open = null;
            handOver(file.Path);
        }
    }
}
