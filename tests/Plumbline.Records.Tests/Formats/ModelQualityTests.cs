using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;

namespace Plumbline.Records.Tests.Formats;

public class ModelQualityTests
{
    // The developer guide's multiclass example: counts by actual, then predicted class.
    private static readonly ConfusionMatrix Printed = Matrix(
        new[,]
        {
            { 1180, 510 },
            { 268, 138 },
        }
    );

    [Theory]
    [InlineData("accuracy", 0.6288167938931297)]
    [InlineData("weighted_recall", 0.6288167938931297)]
    [InlineData("weighted_precision", 0.6983172269629505)]
    [InlineData("weighted_f0_5", 0.6803947317178771)]
    [InlineData("weighted_f1", 0.6571162346664904)]
    [InlineData("weighted_f2", 0.6384024354394601)]
    public void Multiclass_metrics_are_those_that_AWS_printed(string name, double value) =>
        ModelQualityMetrics.Multiclass(Printed)[name].ShouldBe(value, 1e-12);

    [Theory]
    [InlineData("accuracy", 0.19370229007633588)]
    [InlineData("weighted_recall", 0.19370229007633588)]
    [InlineData("weighted_precision", 0.03752057718081697)]
    [InlineData("weighted_f0_5", 0.04473443104152011)]
    [InlineData("weighted_f1", 0.06286421244683643)]
    [InlineData("weighted_f2", 0.10570313141262414)]
    public void A_constant_classifier_scores_what_AWS_printed_for_its_class(string name, double value)
    {
        var metrics = new Dictionary<string, double>();
        ModelQualityMetrics.AddMulticlass(metrics, Printed.Always(1), "");
        metrics[name].ShouldBe(value, 1e-12);
    }

    [Fact]
    public void Our_best_constant_classifier_is_the_best_one_unlike_in_the_example_of_AWS() =>
        ModelQualityMetrics.Multiclass(Printed)["accuracy_best_constant_classifier"].ShouldBe(1690 / 2096.0);

    [Fact]
    public void Binary_metrics_are_those_that_AWS_printed()
    {
        var metrics = ModelQualityMetrics.Binary(
            Matrix(
                new[,]
                {
                    { 1, 2 },
                    { 0, 1 },
                }
            )
        );
        metrics["true_positive_rate"].ShouldBe(1);
        metrics["true_negative_rate"].ShouldBe(1 / 3.0, 1e-12);
        metrics["false_positive_rate"].ShouldBe(2 / 3.0, 1e-12);
        metrics["false_negative_rate"].ShouldBe(0);
        metrics["f0_5"].ShouldBe(0.3846153846153846, 1e-12);
        metrics["f1"].ShouldBe(0.5, 1e-12);
        metrics["f2"].ShouldBe(0.7142857142857143, 1e-12);
    }

    [Fact]
    public void The_document_has_the_shape_of_AWS()
    {
        var document = ModelQualityStatistics.Document(
            ["no", "maybe", "yes"],
            Matrix(
                new[,]
                {
                    { 100, 5, 5 },
                    { 5, 80, 5 },
                    { 0, 0, 50 },
                }
            ),
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)
        );
        document["version"]!.GetValue<double>().ShouldBe(0);
        document["dataset"]!["item_count"]!.GetValue<long>().ShouldBe(250);
        document["dataset"]!["evaluation_time"]!.GetValue<string>().ShouldBe("2026-03-01T12:00:00Z");
        var metrics = document["multiclass_classification_metrics"]!;
        metrics["confusion_matrix"]!["no"]!["maybe"]!.GetValue<long>().ShouldBe(5);
        metrics["accuracy"]!["value"]!.GetValue<double>().ShouldBe(0.92, 1e-12);
        metrics["accuracy"]!["standard_deviation"]!.GetValue<double>().ShouldBeInRange(0.001, 0.03);
    }

    [Fact]
    public void Under_200_rows_a_standard_deviation_is_NaN_as_text()
    {
        var document = ModelQualityStatistics.Document(["a", "b", "c"], Printed3(199), DateTimeOffset.UnixEpoch);
        document["multiclass_classification_metrics"]!["accuracy"]!["standard_deviation"]!
            .GetValue<string>()
            .ShouldBe("NaN");
        JsonNode.Parse(document.ToJsonString()).ShouldNotBeNull();
    }

    [Fact]
    public void Curves_of_a_perfect_score_have_the_area_one()
    {
        var scores = Enumerable.Range(0, 500).Select(i => (i >= 250, i / 500.0)).ToList();
        var metrics = ModelQualityStatistics.Document(
            ["no", "yes"],
            Matrix(
                new[,]
                {
                    { 250, 0 },
                    { 0, 250 },
                }
            ),
            DateTimeOffset.UnixEpoch,
            scores: scores
        )["binary_classification_metrics"]!;
        metrics["auc"]!["value"]!.GetValue<double>().ShouldBe(1, 1e-12);
        metrics["au_prc"]!["value"]!.GetValue<double>().ShouldBe(1, 1e-12);
        metrics["receiver_operating_characteristic_curve"]!["true_positive_rates"]!
            .AsArray()
            .Count.ShouldBeLessThan(103);
    }

    [Fact]
    public void A_constant_score_has_the_area_one_half()
    {
        var scores = Enumerable.Range(0, 10).Select(i => (i % 2 == 0, 0.5)).ToList();
        var metrics = ModelQualityStatistics.Document(["no", "yes"], new ConfusionMatrix(2), default, scores: scores);
        metrics["binary_classification_metrics"]!["auc"]!["value"]!.GetValue<double>().ShouldBe(0.5, 1e-12);
    }

    private static ConfusionMatrix Printed3(int rows)
    {
        var matrix = new ConfusionMatrix(3);
        matrix[0, 0] = rows;
        return matrix;
    }

    private static ConfusionMatrix Matrix(int[,] counts)
    {
        var matrix = new ConfusionMatrix(counts.GetLength(0));
        for (var actual = 0; actual < matrix.Classes; actual++)
        for (var predicted = 0; predicted < matrix.Classes; predicted++)
            matrix[actual, predicted] = counts[actual, predicted];
        return matrix;
    }
}
