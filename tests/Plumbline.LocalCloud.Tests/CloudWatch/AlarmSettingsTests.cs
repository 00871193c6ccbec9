using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Services.CloudWatch;
using Plumbline.LocalCloud.Services.CloudWatch.Alarms;
using MetricAlarm = Plumbline.Aws.Views.CloudWatch.MetricAlarm;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

public sealed class AlarmSettingsTests
{
    [Fact]
    public void Of_several_metrics_without_an_expression_the_one_that_returns_data_is_watched()
    {
        var settings = Settings("LessThanThreshold", Query("first", "Sum", false), Query("second", "Average", true));

        settings.Math.ShouldBeNull();
        settings.Metric.Name.ShouldBe("second");
        settings.Statistic.Name.ShouldBe("Average");
        settings.Watches(new Metric("n", "second", "[]")).ShouldBeTrue();
        settings.Watches(new Metric("n", "first", "[]")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("LessThanThreshold", "Sum", false)]
    [InlineData("LessThanOrEqualToThreshold", "SampleCount", false)]
    [InlineData("LessThanThreshold", "Average", true)]
    [InlineData("GreaterThanThreshold", "Sum", true)]
    public void Metric_math_over_sums_that_still_grow_is_not_held_against_a_least_value(
        string comparison,
        string statistic,
        bool early
    )
    {
        var settings = Settings(
            comparison,
            Query("first", statistic, false),
            new JsonObject { ["Id"] = "figure", ["Expression"] = "100 * first" }
        );

        settings.Math.ShouldNotBeNull();
        settings.CanBeJudgedEarly.ShouldBe(early);
    }

    private static AlarmSettings Settings(string comparison, params JsonNode[] queries) =>
        AlarmSettings.Of(
            new MetricAlarm(
                new JsonObject
                {
                    ["EvaluationPeriods"] = 1,
                    ["Threshold"] = 1.5,
                    ["ComparisonOperator"] = comparison,
                    ["Metrics"] = new JsonArray(queries),
                }
            )
        );

    private static JsonObject Query(string name, string statistic, bool isReturned) =>
        new()
        {
            ["Id"] = name,
            ["ReturnData"] = isReturned,
            ["MetricStat"] = new JsonObject
            {
                ["Metric"] = new JsonObject { ["Namespace"] = "n", ["MetricName"] = name },
                ["Period"] = 60,
                ["Stat"] = statistic,
            },
        };
}
