using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Quality;

namespace Plumbline.Backtest.Tests;

/// <summary>Streams whose truths are numbers.</summary>
public sealed class NumberStreamTests
{
    private const int Rows = 3_000;

    [Theory]
    [InlineData("mae")]
    [InlineData("rmse")]
    public void A_blend_of_numbers_follows_a_change(string metric)
    {
        using var backtest = Of(metric, row => row < Rows / 2 ? 1 : 2);

        var never = backtest.Run(BacktestPolicy.Never);
        var always = backtest.Run(BacktestPolicy.Always);
        var blend = backtest.Run(BacktestPolicy.Blend);

        blend.Metric.ShouldBe(metric);
        blend.Figure.ShouldBeLessThan(0.6 * never.Figure);
        blend.Figure.ShouldBeLessThan(always.Figure);
        blend.Worst().ShouldBe(blend.FigureByWindow.Max());
    }

    [Fact]
    public void Nothing_is_lost_where_the_numbers_do_not_change()
    {
        using var backtest = Of("mae", _ => 1);

        backtest.Run(BacktestPolicy.Blend).Figure.ShouldBeLessThan(backtest.Run(BacktestPolicy.Never).Figure * 1.01);
    }

    [Fact]
    public void The_expected_error_is_that_on_the_newest_initial_rows()
    {
        using var mean = Of("mae", _ => 1);
        using var squared = Of("rmse", _ => 1);

        squared.Reference().ShouldBeGreaterThan(mean.Reference());
        mean.ReferenceRight().ShouldBe(0.5, 0.02);
    }

    /// <summary>The number is a product, with noise, times a factor that depends on the row.</summary>
    private static StreamBacktest Of(string metric, Func<int, double> factor)
    {
        var random = new Random(7);
        var features = new float[Rows * 3];
        var numbers = new float[Rows];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                features[row * 3 + column] = (float)random.NextDouble();
            }
            numbers[row] = (float)(
                factor(row) * 100 * features[row * 3] * features[row * 3 + 1] + 4 * random.NextDouble()
            );
        }
        return new StreamBacktest(
            LabelledStream.Of(TaskKind.Regression, features, 3, numbers),
            StreamWindows.Even(Rows, 12),
            metric: metric
        );
    }
}
