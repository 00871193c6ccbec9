using System.Collections.Concurrent;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>Something that a cloud has acknowledged, and so must have for ever.</summary>
/// <param name="Kind">The promise, such as <c>object</c>.</param>
/// <param name="Name">The name to ask for it.</param>
/// <param name="Value">The answer to expect.</param>
/// <param name="At">The position when it was acknowledged.</param>
internal sealed record Acknowledged(string Kind, string Name, string Value, long At);

/// <summary>What a cloud has acknowledged, in no order.</summary>
/// <param name="position">Where the record of the disk is now; what is acknowledged later is in it before that.</param>
internal sealed class Ledger(Func<long> position)
{
    private readonly ConcurrentQueue<Acknowledged> entries = new();

    public int Count => entries.Count;

    public void Add(string kind, string name, string value = "") =>
        entries.Enqueue(new Acknowledged(kind, name, value, position()));

    /// <summary>What had been acknowledged when the record had reached a position.</summary>
    public List<Acknowledged> Until(long at) => [.. entries.Where(entry => entry.At <= at)];

    /// <summary>How many of each kind, as a line.</summary>
    public string Figures() =>
        string.Join(
            ", ",
            entries
                .GroupBy(entry => entry.Kind)
                .OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => $"{same.Key} {same.Count()}")
        );
}
