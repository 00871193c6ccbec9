using System.Collections.Concurrent;
using Plumbline.Loop;
using Plumbline.Loop.GroundTruth;

namespace Plumbline.Console.Pages.Review;

/// <summary>What people said, by project; read once for all who look.</summary>
internal sealed class CorrectionHistories : IDisposable
{
    private readonly ConcurrentDictionary<string, CorrectionHistory> byBucket = new();

    public Task<CorrectionSnapshot> ReadAsync(LoopContext loop, CancellationToken cancellationToken) =>
        byBucket.GetOrAdd(loop.Bucket.Name, _ => new CorrectionHistory(loop.Bucket)).ReadAsync(cancellationToken);

    public void Dispose()
    {
        foreach (var history in byBucket.Values)
        {
            history.Dispose();
        }
    }
}
