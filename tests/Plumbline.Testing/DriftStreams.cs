namespace Plumbline.Testing;

/// <summary>
/// Streams whose drift is known: class 1 when the sum of two features and noise is over a half. Which two features count
/// is the concept.
/// </summary>
public static class DriftStreams
{
    /// <summary>The features of a row.</summary>
    public const int Columns = 6;

    private const double Noise = 0.15;

    /// <summary>The same concept in all rows.</summary>
    public static (float[] Features, int[] Truths) Steady(int rows, int seed) => Make(rows, seed, _ => 0);

    /// <summary>Half-way the concept changes for good.</summary>
    public static (float[] Features, int[] Truths) Abrupt(int rows, int seed) =>
        Make(rows, seed, row => row < rows / 2 ? 0 : 1);

    /// <summary>
    /// Two concepts take turns, five times in all, and no feature tells which one holds. The first 15 % of the rows know
    /// only the first one.
    /// </summary>
    public static (float[] Features, int[] Truths) Returning(int rows, int seed) =>
        Make(rows, seed, row => row / (rows / 5) % 2);

    private static (float[] Features, int[] Truths) Make(int rows, int seed, Func<int, int> concept)
    {
        var random = new Random(seed);
        var features = new float[rows * Columns];
        var truths = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            var values = features.AsSpan(row * Columns, Columns);
            foreach (ref var value in values)
            {
                value = (float)random.NextDouble();
            }
            var first = 2 * concept(row);
            var noise = Noise * (2 * random.NextDouble() - 1);
            truths[row] = (values[first] + values[first + 1]) / 2 + noise > 0.5 ? 1 : 0;
        }
        return (features, truths);
    }
}
