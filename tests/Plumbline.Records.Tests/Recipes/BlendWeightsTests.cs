using Plumbline.Records.Recipes;

namespace Plumbline.Records.Tests.Recipes;

public sealed class BlendWeightsTests
{
    private const double Close = 1e-12;
    private static readonly double[] Equal = [1, 1];

    [Fact]
    public void A_lower_loss_gets_exponentially_more_weight()
    {
        var weights = BlendWeights.Of([Constant(0.5, 40), Constant(0.4, 40)], Constant(0, 40), Equal);

        (weights[1] / weights[0]).ShouldBe(Math.Exp(15 * 0.1), 1e-9);
        weights.Sum().ShouldBe(1, Close);
    }

    [Fact]
    public void Many_rows_in_each_window_weigh_sharper_and_forget_faster()
    {
        double[] ages = [.. Constant(1, 300), .. Constant(0, 300)];
        double[] better = [.. Constant(0.2, 300), .. Constant(0.3, 300)];
        double[] worse = [.. Constant(0.3, 300), .. Constant(0.2, 300)];

        var weights = BlendWeights.Of([better, worse], ages, Equal);

        // The means are discounted by 0.5 for the older half.
        var difference = (0.5 * 0.2 + 0.3 - 0.5 * 0.3 - 0.2) / 1.5;
        (weights[0] / weights[1]).ShouldBe(Math.Exp(-20 * difference), 1e-9);
    }

    [Fact]
    public void Equal_losses_leave_the_priors()
    {
        double[] priors = [0.25, 1, 1];

        var weights = BlendWeights.Of([Constant(1, 30), Constant(1, 30), Constant(1, 30)], Constant(0, 30), priors);

        weights.ShouldBe([1 / 9.0, 4 / 9.0, 4 / 9.0], Close);
    }

    [Fact]
    public void Older_rows_count_less()
    {
        double[] ages = [.. Constant(1, 30), .. Constant(0, 30)];
        double[] better = [.. Constant(0.2, 30), .. Constant(0.5, 30)];
        double[] worse = [.. Constant(0.5, 30), .. Constant(0.2, 30)];

        var weights = BlendWeights.Of([better, worse], ages, Equal);

        // The means are discounted by 0.7 for the older half.
        var difference = (0.7 * 0.2 + 0.5 - 0.7 * 0.5 - 0.2) / 1.7;
        (weights[0] / weights[1]).ShouldBe(Math.Exp(-15 * difference), 1e-9);
    }

    [Fact]
    public void Few_rows_leave_the_priors()
    {
        var rows = BlendWeights.LeastRows - 1;

        BlendWeights.Of([Constant(0, rows), Constant(3, rows)], Constant(0, rows), Equal).ShouldBe([0.5, 0.5], Close);
        BlendWeights
            .Of(
                [
                    [],
                    [],
                ],
                [],
                [3, 1]
            )
            .ShouldBe([0.75, 0.25], Close);
    }

    [Fact]
    public void One_bad_window_does_not_shut_a_recipe_out_for_long()
    {
        double[] ages = [.. Constant(2, 300), .. Constant(1, 300), .. Constant(0, 300)];
        double[] sudden = [.. Constant(3.5, 300), .. Constant(0.3, 300), .. Constant(0.3, 300)];
        double[] steady = [.. Constant(0.5, 300), .. Constant(0.5, 300), .. Constant(0.5, 300)];

        var weights = BlendWeights.Of([sudden, steady], ages, Equal);

        weights[0].ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public void A_recipe_without_a_model_counts_as_the_mean_of_the_others()
    {
        double[] late = [.. Constant(double.NaN, 30), .. Constant(0.3, 30)];
        double[] early = [.. Constant(0.9, 30), .. Constant(0.3, 30)];

        BlendWeights.Of([early, late], Constant(0, 60), Equal).ShouldBe([0.5, 0.5], Close);
    }

    [Fact]
    public void Extreme_losses_and_ages_stay_finite()
    {
        double[] ages = [.. Enumerable.Range(0, 40).Select(row => 1e5 + row * 100.0)];

        var weights = BlendWeights.Of([Constant(1e6, 40), Constant(2e6, 40)], ages, Equal);

        weights[0].ShouldBeGreaterThan(0.99);
        // The best recipe may not be in the blend.
        BlendWeights.Of([Constant(0, 40), Constant(1e6, 40)], ages, [0, 1]).ShouldBe([0, 1], Close);
    }

    [Fact]
    public void Losses_of_another_number_of_rows_are_refused()
    {
        Should.Throw<ArgumentException>(() => BlendWeights.Of([Constant(1, 3), Constant(1, 2)], Constant(0, 3), Equal));
        Should.Throw<ArgumentException>(() => BlendWeights.Of([Constant(1, 3)], Constant(0, 3), Equal));
        Should.Throw<ArgumentException>(() => BlendWeights.Of([Constant(1, 3)], Constant(0, 3), [0]));
    }

    private static double[] Constant(double value, int rows) => [.. Enumerable.Repeat(value, rows)];
}
