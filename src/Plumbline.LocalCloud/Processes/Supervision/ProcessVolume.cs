using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>
/// Limits the disk space of all of a program's files together, with its log: the kernel only limits each file by
/// itself. Inputs that are bound read-only are the object store's files and do not count.
/// </summary>
/// <param name="process">The program.</param>
/// <param name="folder">The folder that it may write.</param>
/// <param name="size">The size of its volume in bytes.</param>
internal sealed class ProcessVolume(SupervisedProcess process, string folder, long size)
{
    // The pause is 20 times as long as the check, so that checks take at most a twentieth of a processor.
    private const int Rest = 20;

    private static readonly EnumerationOptions All = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = true,
        RecurseSubdirectories = true,
    };

    /// <summary>Ends the program if its files exceed its volume.</summary>
    /// <param name="pause">The least real time between two checks.</param>
    /// <param name="outgrown">Stores the reason before the program is ended.</param>
    /// <param name="ended">Cancelled when the program has ended or this server stops.</param>
    public async Task KeepAsync(TimeSpan pause, Action outgrown, CancellationToken ended)
    {
        try
        {
            await FullAsync(pause, ended);
            try
            {
                outgrown();
            }
            catch (IOException)
            {
                // The disk is full: the program is ended without a stored reason.
            }

            await Supervisor.KillAsync(process, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The program stayed within its volume.
        }
    }

    private async Task FullAsync(TimeSpan pause, CancellationToken ended)
    {
        while (true)
        {
            var began = ProcessTime.Clock.GetTimestamp();
            // Lengths are quick to read; a file with holes takes less disk than its length, which du finds out.
            if (MayBeFull() && await TakenAsync(ended) > size)
            {
                return;
            }

            var took = ProcessTime.Clock.GetElapsedTime(began) * Rest;
            await ProcessTime.Delay(took > pause ? took : pause, ended);
        }
    }

    private bool MayBeFull()
    {
        try
        {
            return Lengths() > size;
        }
        catch (IOException)
        {
            // A folder was removed meanwhile, or its path is too long for .NET; du still finds its files.
            return true;
        }
    }

    private long Lengths()
    {
        var files = new FileSystemEnumerable<long>(folder, (ref FileSystemEntry entry) => entry.Length, All)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            // The target of a link is not the program's.
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return files.Sum() + (new FileInfo(process.LogFile) is { Exists: true } log ? log.Length : 0);
    }

    private async Task<long> TakenAsync(CancellationToken ended)
    {
        try
        {
            return await AskAsync(ended);
        }
        catch (Win32Exception)
        {
            // A process cannot be started just now; the next check tries again.
            return 0;
        }
    }

    private async Task<long> AskAsync(CancellationToken ended)
    {
        using var du = Process.Start(
            new ProcessStartInfo("du", ["-sc", "--block-size=1", folder, process.LogFile])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var problems = du.StandardError.ReadToEndAsync(ended);
        var lines = (await du.StandardOutput.ReadToEndAsync(ended)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await problems;
        await du.WaitForExitAsync(ended);
        return lines.Length > 0 ? long.Parse(lines[^1].Split('\t')[0], CultureInfo.InvariantCulture) : 0;
    }
}
