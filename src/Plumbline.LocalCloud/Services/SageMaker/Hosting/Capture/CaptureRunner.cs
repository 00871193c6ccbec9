using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;

/// <summary>
/// Stores files of captures in S3 with the rights of their endpoint's role. A file is removed once S3 has it. Its key
/// was fixed when it was opened, so if a restart stores it again, it replaces the same object.
/// </summary>
internal sealed class CaptureRunner(CaptureLogs logs, Dispatcher dispatcher, ILogger<CaptureRunner> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(15);

    private readonly List<string> refused = [];
    private long refusedAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var path in logs.Leftovers)
        {
            await StoreAsync(path);
        }

        await Rounds.RunAsync(log, Tick, StoreAllAsync, token => ProcessTime.Delay(Tick, token), stoppingToken);
    }

    private async Task StoreAllAsync(CancellationToken stoppingToken)
    {
        logs.RollWhatIsDue();
        while (logs.Closed.TryRead(out var path))
        {
            await StoreAsync(path);
        }

        await RetryAsync();
    }

    private async Task RetryAsync()
    {
        if (refused.Count == 0 || ProcessTime.Clock.GetElapsedTime(refusedAt) < RetryPause)
        {
            return;
        }

        var again = refused.ToList();
        refused.Clear();
        foreach (var path in again)
        {
            await StoreAsync(path);
        }
    }

    private async Task StoreAsync(string path)
    {
        try
        {
            var target = CaptureTarget.Read(path);
            if (target is not null && File.Exists(path) && TrimToLines(path))
            {
                await PutAsync(path, target);
            }

            File.Delete(path);
            File.Delete(CaptureTarget.FileOf(path));
        }
        catch (Exception exception)
        {
            Log.CaptureNotStored(log, path, exception.Message);
            refused.Add(path);
            refusedAt = ProcessTime.Clock.GetTimestamp();
        }
    }

    /// <summary>Removes a truncated last line (a kill, a full disk). Returns false if no line is left.</summary>
    private static bool TrimToLines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var length = file.Length;
        while (length > 0)
        {
            file.Position = length - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            length--;
        }

        file.SetLength(length);
        return length > 0;
    }

    private async Task PutAsync(string path, CaptureTarget target)
    {
        await using var file = File.OpenRead(path);
        var input = new JsonObject
        {
            ["Bucket"] = target.Bucket,
            ["Key"] = target.Key,
            ["ContentType"] = "application/x-jsonlines",
            ["ContentLength"] = file.Length,
        };
        var caller = target.RoleArn is { } role ? Caller.OfRole(role, "SageMaker") : Caller.Root;
        await dispatcher.ReplyAsync("s3", "PutObject", input, caller, file);
    }
}
