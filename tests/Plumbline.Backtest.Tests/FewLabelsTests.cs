using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Testing;

namespace Plumbline.Backtest.Tests;

/// <summary>Labels are the cost of the loop: with few of them it must not be worse than without any.</summary>
public sealed class FewLabelsTests
{
    private const int Rows = 6_000;
    private const int Windows = 15;

    /// <summary>The streams on which a training has the least to gain, so that few labels could do harm.</summary>
    private static readonly (string Name, (float[] Features, int[] Truths) Stream)[] Streams =
    [
        ("no drift", DriftStreams.Steady(Rows, 1)),
        ("returning", DriftStreams.Returning(Rows, 3)),
        ("bursts of noise", DriftStreams.BurstsOfNoise(Rows, 7)),
    ];

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.03)]
    [InlineData(0.01)]
    public void With_few_labels_the_loop_is_never_worse_than_the_first_model(double share)
    {
        foreach (var (name, (features, truths)) in Streams)
        {
            using var backtest = new StreamBacktest(
                new LabelledStream(features, DriftStreams.Columns, truths),
                StreamWindows.Even(Rows, Windows),
                new LabelDelivery(share)
            );

            var never = backtest.Run(BacktestPolicy.Never).Figure;
            var blend = backtest.Run(BacktestPolicy.Blend);

            blend.Labels.ShouldBeInRange((long)(0.5 * share * Rows), (long)(1.2 * share * Rows), name);
            blend.Figure.ShouldBeGreaterThan(never - 0.002, $"{name}, never {never}");
        }
    }
}
