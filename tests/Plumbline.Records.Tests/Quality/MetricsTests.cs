using Plumbline.Records.Quality;

namespace Plumbline.Records.Tests.Quality;

/// <summary>The figures are scikit-learn 1.2.1's for the same rows.</summary>
public class MetricsTests
{
    private static readonly string[] Labels = ["ham", "spam", "scam"];

    private static readonly JudgedRow[] Classes =
    [
        new(0, 0, 0.2, 0.7),
        new(0, 1, 0.5, 0.3),
        new(1, 1, 0.6, 0.6),
        new(1, 1, 0.8, 0.8),
        new(2, 2, 0.05, 0.9),
        new(2, 0, 0.2, 0.3),
        new(2, 2, 0.2, 0.7),
        new(0, 0, 0.05, 0.9),
    ];

    private static readonly JudgedRow[] Numbers = [new(3, 2.5), new(-0.5, 0), new(2, 2.1), new(7, 7.8), new(4.25, 5)];

    [Theory]
    [InlineData("accuracy", 0.75)]
    [InlineData("balanced_accuracy", 0.7777777777777777)]
    [InlineData("f1_macro", 0.7555555555555555)]
    [InlineData("f1:ham", 0.66666667)]
    [InlineData("f1:scam", 0.8)]
    [InlineData("log_loss", 0.5082482128656487)]
    public void A_metric_of_classes_is_that_of_scikit_learn(string name, double expected) =>
        Metrics.Of(name, Labels).FigureOf(Classes)!.Value.ShouldBe(expected, 1e-6);

    [Theory]
    [InlineData("rmse", 0.5852349955359811)]
    [InlineData("mae", 0.53)]
    [InlineData("mape", 0.30148459383753506)]
    [InlineData("r2", 0.9442182410423453)]
    public void A_metric_of_numbers_is_that_of_scikit_learn(string name, double expected) =>
        Metrics.Of(name, []).FigureOf(Numbers)!.Value.ShouldBe(expected, 1e-12);

    [Fact]
    public void The_area_under_the_curve_counts_equal_scores_half_and_needs_both_classes()
    {
        JudgedRow[] rows =
        [
            new(0, 0, 0.1),
            new(0, 0, 0.4),
            new(1, 0, 0.35),
            new(1, 1, 0.8),
            new(0, 0, 0.4),
            new(1, 0, 0.4),
        ];
        var auc = Metrics.Of("auc", ["no", "yes"]);
        auc.FigureOf(rows)!.Value.ShouldBe(0.6666666666666667, 1e-12);
        auc.FigureOf([.. rows, new JudgedRow(1, 1)])!.Value.ShouldBe(0.6666666666666667, 1e-12);
        auc.FigureOf(rows[..2]).ShouldBeNull();
    }

    [Fact]
    public void A_wrong_answer_costs_what_the_matrix_says_and_else_1()
    {
        var costs = new CostMatrix(
            Labels,
            new Dictionary<string, IReadOnlyDictionary<string, double>>
            {
                ["scam"] = new Dictionary<string, double> { ["ham"] = 20 },
            }
        );
        Metrics.Of("cost", Labels, costs).FigureOf(Classes)!.Value.ShouldBe(21 / 8.0);
    }

    [Fact]
    public void A_figure_stands_beside_what_always_the_same_answer_reaches()
    {
        // ham and scam are equally frequent; the first counts.
        Metrics.Of("accuracy", Labels).FigureOf(Classes)!.Baseline.ShouldBe(3 / 8.0);
        Metrics.Of("f1_macro", Labels).FigureOf(Classes)!.Baseline!.Value.ShouldBe(6 / 11.0 / 3, 1e-12);
        Metrics.Of("mae", []).FigureOf(Numbers)!.Baseline!.Value.ShouldBe((0 + 3.5 + 1 + 4 + 1.25) / 5, 1e-12);
        Metrics.Of("r2", []).FigureOf(Numbers)!.Baseline!.Value.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void The_interval_is_the_same_for_the_same_rows_and_holds_the_truth_as_often_as_it_says()
    {
        var random = new Random(7);
        var held = 0;
        for (var run = 0; run < 60; run++)
        {
            // Errors of a normal distribution: their mean absolute value is the square root of 2 / pi.
            JudgedRow[] rows = [.. Enumerable.Range(0, 200).Select(_ => new JudgedRow(0, Normal(random)))];
            var figure = Metrics.Of("mae", []).FigureOf(rows)!;
            held += figure.Lower < Math.Sqrt(2 / Math.PI) && Math.Sqrt(2 / Math.PI) < figure.Upper ? 1 : 0;
            if (run == 0)
                Metrics.Of("mae", []).FigureOf(rows).ShouldBe(figure);
        }
        held.ShouldBeInRange(52, 60);
    }

    [Fact]
    public void An_error_misses_its_threshold_above_it_and_a_share_below_it()
    {
        MetricKind.Of("rmse").Misses(41, 40).ShouldBeTrue();
        MetricKind.Of("rmse").Misses(39, 40).ShouldBeFalse();
        MetricKind.Of("f1:spam").Misses(0.5, 0.6).ShouldBeTrue();
        MetricKind.Of("rmse").Gain(39, 40).ShouldBe(1);
        MetricKind.Of("f1:spam").Published.ShouldBe("f1");
        MetricKind.Of("rmse").Text(68.57).ShouldBe("68.57");
        MetricKind.Of("balanced_accuracy").InSentence.ShouldBe("balanced accuracy");
        MetricKind.Of("mae").InSentence.ShouldBe("mean absolute error");
        MetricKind.Of("auc").InSentence.ShouldBe("AUC");
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
