using System.Collections.Concurrent;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Quality;

namespace Plumbline.WebConsole.Pages.Data;

/// <summary>Counts the training rows of each class, once for each data set version, which never changes.</summary>
internal sealed class ClassBalance
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<int>> counted = new();

    /// <summary>The number of training rows by class index.</summary>
    public async Task<IReadOnlyList<int>> OfAsync(
        LoopContext loop,
        DataSetManifest manifest,
        CancellationToken cancellationToken
    )
    {
        if (loop.Project.Task.IsJson())
        {
            return [];
        }

        var key = Layout.DataSet(manifest.Version) + manifest.Names.Train;
        if (counted.TryGetValue(key, out var known))
        {
            return known;
        }

        var counts = new int[manifest.Labels.Count];
        await foreach (var line in loop.Bucket.LinesAsync(key, cancellationToken))
        {
            if (DataSetFiles.ClassOf(line) is >= 0 and var label && label < counts.Length)
            {
                counts[label]++;
            }
        }

        return counted[key] = counts;
    }
}
