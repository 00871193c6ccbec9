namespace Plumbline.Records.Monitoring;

/// <summary>Keeps the rows with the lowest ranks, each with its whole capture line.</summary>
internal sealed class ReviewQueue(int longest)
{
    private static readonly IComparer<double> HighestFirst = Comparer<double>.Create((a, b) => b.CompareTo(a));
    private readonly PriorityQueue<(byte[] Line, int Row), double> rows = new(HighestFirst);

    /// <summary>Offers a row; copies its line only if the queue keeps it.</summary>
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
