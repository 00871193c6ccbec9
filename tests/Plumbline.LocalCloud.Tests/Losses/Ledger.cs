using System.Collections.Concurrent;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>An acknowledgement of a cloud, which must hold forever.</summary>
/// <param name="Kind">The kind of promise, such as <c>object</c>.</param>
/// <param name="Name">The name for the check.</param>
/// <param name="Value">The expected answer.</param>
/// <param name="At">The position of the disk's record at the acknowledgement.</param>
internal sealed record Acknowledged(string Kind, string Name, string Value, long At);

/// <summary>All acknowledgements of a cloud, unordered.</summary>
/// <param name="position">
/// Returns the current position in the disk's record; writes acknowledged later are recorded before it.
/// </param>
internal sealed class Ledger(Func<long> position)
{
    private readonly ConcurrentQueue<Acknowledged> entries = new();

    public int Count => entries.Count;

    public void Add(string kind, string name, string value = "") =>
        entries.Enqueue(new Acknowledged(kind, name, value, position()));

    /// <summary>The acknowledgements up to a position in the record.</summary>
    public List<Acknowledged> Until(long at) => [.. entries.Where(entry => entry.At <= at)];

    /// <summary>A line with the number of each kind.</summary>
    public string Figures() =>
        string.Join(
            ", ",
            entries
                .GroupBy(entry => entry.Kind)
                .OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => $"{same.Key} {same.Count()}")
        );
}
