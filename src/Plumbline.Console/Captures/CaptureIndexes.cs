using Microsoft.Extensions.Logging;
using Plumbline.Loop.Home;

namespace Plumbline.WebConsole.Captures;

/// <summary>The indexes of all loops whose pages were opened, each kept up to date from then on.</summary>
/// <param name="cacheFolder">The folder of their files; each cloud needs its own.</param>
/// <param name="time">The clock of the pauses between passes.</param>
/// <param name="log">Gets a warning for everything that cannot be read.</param>
public sealed class CaptureIndexes(DirectoryInfo cacheFolder, TimeProvider time, ILogger<CaptureIndexes> log)
    : IAsyncDisposable
{
    private readonly Dictionary<string, (string Settings, CaptureIndex Index)> open = [];
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>The index of a loop's endpoint; a new one after a change of labels or audit share.</summary>
    public async Task<CaptureIndex> OfAsync(LoopContext loop, CancellationToken cancellationToken = default)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var settings = CaptureIndex.SettingsOf(loop);
            if (open.TryGetValue(loop.Names.Bucket, out var one))
            {
                if (one.Settings == settings)
                {
                    return one.Index;
                }

                await one.Index.DisposeAsync();
            }

            var index = new CaptureIndex(loop, cacheFolder, time, log);
            open[loop.Names.Bucket] = (settings, index);
            index.Start();
            return index;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, index) in open.Values)
        {
            await index.DisposeAsync();
        }

        gate.Dispose();
    }
}
