using Plumbline.Aws.Formats;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// Keeps a prefix of S3 up to date with a folder that a running program writes: checkpoints, continuous outputs.
/// </summary>
/// <param name="outputs">Stores the files.</param>
/// <param name="folder">The folder.</param>
/// <param name="prefix">The prefix under which they are stored.</param>
/// <param name="caller">The job's role.</param>
internal sealed class FolderSync(JobOutputs outputs, LeftFolder folder, S3Uri prefix, Caller caller)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (long Length, DateTime Modified)> stored = [];

    /// <summary>Stores changed files repeatedly, until stopped; the next round repeats what failed.</summary>
    public async Task RunAsync(CancellationToken stopped)
    {
        try
        {
            while (true)
            {
                await ProcessTime.Delay(Interval, stopped);
                try
                {
                    await StoreChangedAsync(stopped);
                }
                catch (JobFailure)
                {
                    // Ignored: the last round, at the job's end, decides.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program has ended, or this server stops.
        }
    }

    /// <summary>Stores the files that are new or changed since they were last stored.</summary>
    /// <exception cref="JobFailure">S3 refuses, the disk is full, or the files are too many or too large.</exception>
    public async Task StoreChangedAsync(CancellationToken cancellationToken)
    {
        foreach (var name in JobOutputs.Names(folder, prefix))
        {
            await using var content = folder.TryOpen(name);
            if (content is null)
            {
                continue;
            }

            var state = (content.Length, File.GetLastWriteTimeUtc(content.SafeFileHandle));
            if (!stored.TryGetValue(name, out var known) || known != state)
            {
                await outputs.PutAsync(content, prefix.Below(name), caller, cancellationToken);
                stored[name] = state;
            }
        }
    }
}
