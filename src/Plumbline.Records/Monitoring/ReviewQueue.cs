namespace Plumbline.Records.Monitoring;

/// <summary>The rows with the lowest ranks, at most so many, each kept as its whole capture line.</summary>
internal sealed class ReviewQueue(int longest)
{
    private static readonly IComparer<double> HighestFirst = Comparer<double>.Create((a, b) => b.CompareTo(a));
    private readonly PriorityQueue<(byte[] Line, int Row), double> rows = new(HighestFirst);

    /// <summary>Offers a row; its line is copied only where it stays.</summary>
    public void Offer(double rank, ReadOnlySpan<byte> line, int row)
    {
        if (rows.Count < longest)
        {
            rows.Enqueue((line.ToArray(), row), rank);
        }
        else if (rows.TryPeek(out _, out var highest) && rank < highest)
        {
            rows.Dequeue();
            rows.Enqueue((line.ToArray(), row), rank);
        }
    }

    /// <summary>The rows, lowest rank first.</summary>
    public IEnumerable<(byte[] Line, int Row)> Take() =>
        rows.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element);
}
