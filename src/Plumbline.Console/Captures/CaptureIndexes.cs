using Microsoft.Extensions.Logging;
using Plumbline.Loop;

namespace Plumbline.WebConsole.Captures;

/// <summary>The indexes of all loops that pages were asked for, each kept up to date from then on.</summary>
/// <param name="cacheFolder">Where their files are; one folder a cloud.</param>
/// <param name="time">Paces them.</param>
/// <param name="log">Told what cannot be read.</param>
public sealed class CaptureIndexes(DirectoryInfo cacheFolder, TimeProvider time, ILogger<CaptureIndexes> log)
    : IAsyncDisposable
{
    private readonly Dictionary<string, (string Settings, CaptureIndex Index)> open = [];
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>The index of a loop's endpoint; another one once the project's labels or its audit share are others.</summary>
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
