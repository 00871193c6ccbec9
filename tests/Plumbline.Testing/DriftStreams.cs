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
    public static (float[] Features, int[] Truths) Steady(int rows, int seed) => Make(rows, seed, (_, _) => 0);

    /// <summary>Half-way the concept changes for good.</summary>
    public static (float[] Features, int[] Truths) Abrupt(int rows, int seed) =>
        Make(rows, seed, (time, _) => time < 0.5 ? 0 : 1);

    /// <summary>
    /// Two concepts take turns, five times in all, and no feature tells which one holds. The first 15 % of the rows know
    /// only the first one.
    /// </summary>
    public static (float[] Features, int[] Truths) Returning(int rows, int seed) =>
        Make(rows, seed, (time, _) => (int)(time * 5) % 2);

    /// <summary>More and more rows follow the second concept, until all do.</summary>
    public static (float[] Features, int[] Truths) Gradual(int rows, int seed) =>
        Make(rows, seed, (time, random) => random.NextDouble() < (time - 0.3) / 0.5 ? 1 : 0);

    /// <summary>Three concepts, one after the other, over and over.</summary>
    public static (float[] Features, int[] Truths) Seasons(int rows, int seed) =>
        Make(rows, seed, (time, _) => (int)(time * 24) % 3);

    /// <summary>Half-way the concept changes for good, and half of all labels are drawn by lot.</summary>
    public static (float[] Features, int[] Truths) AbruptAndNoisy(int rows, int seed) =>
        Make(rows, seed, (time, _) => time < 0.5 ? 0 : 1, _ => 0.5);

    /// <summary>One concept; from time to time the labels are drawn by lot.</summary>
    public static (float[] Features, int[] Truths) BurstsOfNoise(int rows, int seed) =>
        Make(rows, seed, (_, _) => 0, time => time % 0.2 > 0.16 ? 1 : 0.1);

    /// <summary>One of each, by its name.</summary>
    public static IReadOnlyList<(string Name, (float[] Features, int[] Truths) Stream)> All(int rows) =>
        [
            ("no drift", Steady(rows, 1)),
            ("abrupt", Abrupt(rows, 2)),
            ("returning", Returning(rows, 3)),
            ("gradual", Gradual(rows, 4)),
            ("seasons", Seasons(rows, 5)),
            ("abrupt and noisy", AbruptAndNoisy(rows, 6)),
            ("bursts of noise", BurstsOfNoise(rows, 7)),
        ];

    /// <param name="concept">The concept at a time from 0 to 1.</param>
    /// <param name="wrong">The share of labels that are drawn by lot at a time.</param>
    private static (float[] Features, int[] Truths) Make(
        int rows,
        int seed,
        Func<double, Random, int> concept,
        Func<double, double>? wrong = null
    )
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
            var time = row / (double)rows;
            var first = 2 * concept(time, random);
            var noise = Noise * (2 * random.NextDouble() - 1);
            truths[row] = (values[first] + values[first + 1]) / 2 + noise > 0.5 ? 1 : 0;
            if (wrong is not null && random.NextDouble() < wrong(time))
            {
                truths[row] = random.Next(2);
            }
        }
        return (features, truths);
    }
}
