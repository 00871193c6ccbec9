using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>
/// The disk that a program's own files take all together, its log among them: the kernel holds each file to the volume's size, and not their sum.
/// Inputs that are bound read-only are the object store's files and do not count.
/// </summary>
/// <param name="process">The program.</param>
/// <param name="folder">The folder that it may write.</param>
/// <param name="size">Bytes of its volume.</param>
internal sealed class ProcessVolume(SupervisedProcess process, string folder, long size)
{
    // Of the time that looking takes at most a twentieth of one processor's.
    private const int Rest = 20;

    private static readonly EnumerationOptions All = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = true,
        RecurseSubdirectories = true,
    };

    /// <summary>Ends the program where its files outgrow its volume.</summary>
    /// <param name="pause">Real time between two looks, at the least.</param>
    /// <param name="outgrown">Keeps, before that, why it ends.</param>
    /// <param name="ended">The program has ended, or this server does.</param>
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
                // The disk is full: the program ends all the same.
            }

            await Supervisor.KillAsync(process, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // It stayed within it.
        }
    }

    private async Task FullAsync(TimeSpan pause, CancellationToken ended)
    {
        while (true)
        {
            var began = ProcessTime.Clock.GetTimestamp();
            // Lengths are quickly asked for; a file with holes takes less, as du knows.
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
            // A folder went away meanwhile, or lies deeper than a path can say, which hides nothing from du.
            return true;
        }
    }

    private long Lengths()
    {
        var files = new FileSystemEnumerable<long>(folder, (ref FileSystemEntry entry) => entry.Length, All)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            // Where a link leads is not the program's.
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
            // No process can be started just now; it is asked again after the pause.
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
