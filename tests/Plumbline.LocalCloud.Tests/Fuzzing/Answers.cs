using System.Collections.Concurrent;

namespace Plumbline.LocalCloud.Tests.Fuzzing;

/// <summary>Collects the answers to odd requests.</summary>
internal sealed class Answers
{
    private readonly ConcurrentDictionary<int, int> statuses = new();
    private readonly ConcurrentDictionary<string, bool> succeeded = new();
    private readonly ConcurrentDictionary<string, string> broken = new();

    /// <summary>For each operation that failed inside the cloud: its first such request, with the answer.</summary>
    public ICollection<string> Broken => broken.Values;

    /// <summary>The number of operations that succeeded at least once.</summary>
    public int Succeeded => succeeded.Count;

    public void Add(FuzzedRequest request, (int Status, string Body)? answer)
    {
        if (answer is not var (status, body))
        {
            return;
        }

        statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        var operation = $"{request.Service.Id}.{request.Operation}";
        if (status < 300)
        {
            succeeded[operation] = true;
        }
        else if (status >= 500 && status != 501)
        {
            broken.TryAdd($"{operation} {status}", $"{status}: {request}\n  {body}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}; "
        + $"{Succeeded} operations succeeded at least once";
}
