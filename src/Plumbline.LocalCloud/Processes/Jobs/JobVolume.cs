using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// The disk that a job's own files take all together, its log among them: the kernel holds each file to the volume's size, and not their sum.
/// Inputs that are bound read-only are the object store's files and do not count.
/// </summary>
/// <param name="folder">The job's folder.</param>
/// <param name="size">Bytes of its volume.</param>
internal sealed class JobVolume(JobFolder folder, long size)
{
    // Of the time that looking takes at most a twentieth of one processor's.
    private const int Rest = 20;

    private static readonly EnumerationOptions All = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = true,
        RecurseSubdirectories = true,
    };

    /// <summary>Returns once they take more than the volume has.</summary>
    /// <param name="pause">Real time between two looks, at the least.</param>
    /// <param name="ended">The job has ended.</param>
    public async Task FullAsync(TimeSpan pause, CancellationToken ended)
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
        var files = new FileSystemEnumerable<long>(folder.Root, (ref FileSystemEntry entry) => entry.Length, All)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            // Where a link leads is not the job's.
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return files.Sum() + (File.Exists(folder.Log) ? new FileInfo(folder.Log).Length : 0);
    }

    private async Task<long> TakenAsync(CancellationToken ended)
    {
        using var du = Process.Start(
            new ProcessStartInfo("du", ["-sc", "--block-size=1", folder.Root, folder.Log])
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
