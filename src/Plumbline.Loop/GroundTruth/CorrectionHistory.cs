using Plumbline.Records;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.GroundTruth;

/// <summary>
/// Everything that people said, read once and then kept up to date: each question lists only the newest hours. Its own
/// thread safety makes it fit for many readers.
/// </summary>
public sealed class CorrectionHistory(LoopBucket bucket) : IDisposable
{
    // Somebody else's file may come a little later under an earlier name: names have their writer's clock.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim one = new(1);
    private readonly HashSet<string> files = [];
    private readonly Dictionary<string, List<Correction>> byKey = [];
    private DateTimeOffset newest = DateTimeOffset.UnixEpoch;
    private int count;

    /// <summary>What was said of predictions, by join key, the later last; as of now.</summary>
    public async Task<CorrectionSnapshot> ReadAsync(CancellationToken cancellationToken = default)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var after = newest == DateTimeOffset.UnixEpoch ? null : Layout.Corrections + Layout.Hour(newest - Overlap);
            await foreach (var item in bucket.ListAsync(Layout.Corrections, after, cancellationToken))
            {
                if (item.Key.EndsWith(".jsonl", StringComparison.Ordinal) && !files.Contains(item.Key))
                {
                    Add(item.Key, await bucket.FindTextAsync(item.Key, cancellationToken) ?? "");
                }
            }

            return new CorrectionSnapshot(
                byKey.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<Correction>)[.. pair.Value]),
                count
            );
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private void Add(string file, string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var correction = CorrectionLog.Parse(line, file);
            if (!byKey.TryGetValue(correction.JoinKey, out var said))
            {
                byKey[correction.JoinKey] = said = [];
            }

            said.Add(correction);
            said.Sort((a, b) => a.Id.CompareTo(b.Id));
            newest = correction.Time > newest ? correction.Time : newest;
            count++;
        }

        files.Add(file);
    }
}

/// <summary>What people said, at one moment.</summary>
/// <param name="ByKey">By join key, the later last.</param>
/// <param name="Count">How many answers in all.</param>
public sealed record CorrectionSnapshot(IReadOnlyDictionary<string, IReadOnlyList<Correction>> ByKey, int Count)
{
    /// <summary>What was said of a prediction.</summary>
    public IReadOnlyList<Correction> Of(string joinKey) => ByKey.GetValueOrDefault(joinKey, []);

    /// <summary>The predictions about which different people said different things; the later answer counts.</summary>
    public IEnumerable<IReadOnlyList<Correction>> Conflicts() =>
        ByKey.Values.Where(said =>
            said.Select(one => one.Reviewer).Distinct().Count() > 1
            && said.Select(one => one.Label).Distinct().Count() > 1
        );
}
