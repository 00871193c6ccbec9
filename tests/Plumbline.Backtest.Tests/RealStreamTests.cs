using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Testing;

namespace Plumbline.Backtest.Tests;

/// <summary>
/// Every fourth row of the real streams. The bench <c>backtest</c> takes all rows and has the bars; this is the same code
/// in a tenth of the time.
/// </summary>
public sealed class RealStreamTests
{
    private const int Every = 4;

    [GoldenTheory]
    [InlineData("elec2")]
    [InlineData("beijing_pm25")]
    public void A_blend_gains_much_with_fewer_rows_than_training_always(string name)
    {
        using var backtest = Of(name, new LabelDelivery());

        var never = backtest.Run(BacktestPolicy.Never);
        var blend = backtest.Run(BacktestPolicy.Blend);

        blend.Figure.ShouldBeGreaterThan(never.Figure + 0.03);
        blend.RowShare.ShouldBeLessThan(0.8);
    }

    [GoldenFact]
    public void With_few_labels_a_blend_is_not_worse_than_the_first_model()
    {
        using var backtest = Of("elec2", new LabelDelivery(Share: 0.1));

        var never = backtest.Run(BacktestPolicy.Never).Figure;

        backtest.Run(BacktestPolicy.Blend).Figure.ShouldBeGreaterThan(never - 0.002);
    }

    private static StreamBacktest Of(string name, LabelDelivery delivery)
    {
        var (features, columns, truths) = RealStreams.Read(name, Every);
        return new StreamBacktest(
            new LabelledStream(features, columns, truths),
            StreamWindows.Even(truths.Length, 30),
            delivery
        );
    }
}
