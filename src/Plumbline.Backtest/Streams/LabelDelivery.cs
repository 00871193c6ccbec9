namespace Plumbline.Backtest.Streams;

/// <summary>The labels that come in: of how many rows, and how late.</summary>
/// <param name="Share">The share of the served rows that get a label, drawn at random, in (0, 1].</param>
/// <param name="Delay">The windows that pass between the end of a window and the arrival of its labels.</param>
/// <param name="Seed">The same seed draws the same rows.</param>
public sealed record LabelDelivery(double Share = 1, int Delay = 0, int Seed = 1)
{
    /// <summary>Returns for each row of the stream whether it gets a label; those of the first model all have one.</summary>
    internal bool[] Draw(int rows, int initial)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, rows).Select(row => row < initial || random.NextDouble() < Share)];
    }
}
