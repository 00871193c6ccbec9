using Plumbline.Records.Statistics;

namespace Plumbline.Records.Tests.Statistics;

public class KnownAnswerTests
{
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_gives_the_intervals_that_Newcombe_printed(
        long successes,
        long trials,
        double lower,
        double upper
    )
    {
        var interval = Wilson.Of(successes, trials);
        interval.Lower.ShouldBe(lower, 0.00005);
        interval.Upper.ShouldBe(upper, 0.00005);
        interval.Value.ShouldBe(successes / (double)trials);
    }

    // Fagerland, Lydersen, Laake, BMC Medical Research Methodology 13:91 (2013), table 1: airway hyper-responsiveness.
    [Fact]
    public void McNemar_gives_the_p_values_that_Fagerland_printed()
    {
        McNemar.Exact(1, 7).ShouldBe(0.0703, 0.00005);
        McNemar.MidP(1, 7).ShouldBe(0.0391, 0.00005);
        McNemar.MidP(7, 1).ShouldBe(McNemar.MidP(1, 7));
    }

    [Fact]
    public void McNemar_sees_no_difference_where_both_models_win_as_often()
    {
        McNemar.Exact(0, 0).ShouldBe(1);
        McNemar.MidP(0, 0).ShouldBe(1);
        McNemar.MidP(12, 12).ShouldBe(1);
    }

    [Fact]
    public void McNemar_stays_exact_for_many_rows()
    {
        // Against the normal approximation with continuity correction: z = (|b - c| - 1) / sqrt(b + c).
        McNemar.Exact(5100, 4900).ShouldBe(2 * 0.02328, 0.0005);
        McNemar.Exact(100_000, 90_000).ShouldBeLessThan(1e-100);
    }

    [Fact]
    public void The_bootstrap_agrees_with_the_normal_interval_where_that_holds()
    {
        var difference = PairedBootstrap.Difference(300, 200, 5000, seed: 1);
        var deviation = Math.Sqrt((300 + 200 - 100.0 * 100 / 5000) / 5000 / 5000);
        difference.Value.ShouldBe(0.02, 1e-12);
        difference.Lower.ShouldBe(0.02 - 1.96 * deviation, 0.0006);
        difference.Upper.ShouldBe(0.02 + 1.96 * deviation, 0.0006);
    }

    [Fact]
    public void The_bootstrap_covers_zero_where_the_models_are_alike()
    {
        PairedBootstrap.Difference(0, 0, 100, seed: 1).ShouldBe(new Interval(0, 0, 0));
        var alike = PairedBootstrap.Difference(11, 9, 100, seed: 1);
        alike.Lower.ShouldBeLessThan(0);
        alike.Upper.ShouldBeGreaterThan(0);
        PairedBootstrap.Difference(11, 9, 100, seed: 1).ShouldBe(alike);
    }

    [Fact]
    public void The_bootstrap_takes_rows_that_are_all_discordant()
    {
        PairedBootstrap.Difference(40, 0, 40, seed: 1).ShouldBe(new Interval(1, 1, 1));
    }
}
