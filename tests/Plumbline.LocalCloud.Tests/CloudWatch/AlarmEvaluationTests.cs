using Plumbline.LocalCloud.Services.CloudWatch;
using Plumbline.LocalCloud.Services.CloudWatch.Alarms;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

public sealed class AlarmEvaluationTests
{
    private const string Retain = "retain";

    /// <summary>The tables of the user guide: 0 does not breach, X does, - is missing; the newest is last.</summary>
    [Theory]
    [InlineData(3, "0 - X - X", "OK", "OK", "OK", "OK")]
    [InlineData(3, "0 - - - -", "OK", "OK", "OK", "OK")]
    [InlineData(3, "- - - - -", "INSUFFICIENT_DATA", Retain, "ALARM", "OK")]
    [InlineData(3, "0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData(3, "- - X - -", "ALARM", Retain, "ALARM", "OK")]
    [InlineData(3, "- - - - 0", "OK", "OK", "OK", "OK")]
    [InlineData(3, "- - - - X", "INSUFFICIENT_DATA", Retain, "ALARM", "OK")]
    [InlineData(3, "X - - - -", "ALARM", Retain, "ALARM", "OK")]
    [InlineData(2, "0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData(2, "0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData(2, "0 - X - -", "OK", "OK", "ALARM", "OK")]
    [InlineData(2, "- - - - 0", "OK", "OK", "ALARM", "OK")]
    [InlineData(2, "- - - X -", "ALARM", Retain, "ALARM", "OK")]
    [InlineData(2, "- - - - X", "INSUFFICIENT_DATA", Retain, "ALARM", "OK")]
    public void Missing_data_is_treated_as_in_the_tables_of_the_user_guide(
        int datapointsToAlarm,
        string points,
        string missing,
        string ignore,
        string breaching,
        string notBreaching
    )
    {
        var settings = Settings(periods: 3, datapointsToAlarm);

        State(settings with { TreatMissingData = "missing" }, points).ShouldBe(missing);
        State(settings with { TreatMissingData = "ignore" }, points).ShouldBe(ignore);
        State(settings with { TreatMissingData = "breaching" }, points).ShouldBe(breaching);
        State(settings with { TreatMissingData = "notBreaching" }, points).ShouldBe(notBreaching);
    }

    [Theory]
    [InlineData("- - 0", "OK")]
    [InlineData("- - X", "ALARM")]
    [InlineData("X 0 -", "OK")]
    [InlineData("0 X -", "ALARM")]
    [InlineData("- - -", Retain)]
    public void One_of_one_with_missing_data_ignored_follows_the_newest_datapoint(string points, string state) =>
        State(Settings(periods: 1, datapointsToAlarm: 1) with { TreatMissingData = "ignore" }, points).ShouldBe(state);

    [Theory]
    [InlineData("GreaterThanThreshold", false, false, true)]
    [InlineData("GreaterThanOrEqualToThreshold", false, true, true)]
    [InlineData("LessThanThreshold", true, false, false)]
    [InlineData("LessThanOrEqualToThreshold", true, true, false)]
    public void Every_comparison_breaches_on_its_side(string comparison, bool below, bool at, bool above)
    {
        var settings = Settings(1, 1) with { Comparison = comparison, Threshold = 5 };

        new[] { 4.0, 5.0, 6.0 }.Select(settings.IsBreaching).ShouldBe([below, at, above]);
    }

    [Fact]
    public void A_percentile_over_few_samples_keeps_the_state_where_the_alarm_says_so()
    {
        var settings = Settings(1, 1) with { Statistic = new Statistic("p99", 99), IgnoresFewSamples = true };
        var few = new AlarmDatapoint(DateTimeOffset.UnixEpoch, 1, 999);

        AlarmEvaluation.Evaluate(settings, [few, null, null]).State.ShouldBeNull();
        AlarmEvaluation.Evaluate(settings, [few with { SampleCount = 1001 }, null, null]).State.ShouldBe("ALARM");
    }

    [Theory]
    [InlineData(
        "0 X X",
        "Threshold Crossed: 2 out of the last 3 datapoints [1.0 (01/01/70 00:10:00), 1.0 (01/01/70 00:05:00)] were greater than the threshold (0.5) (minimum 2 datapoints for OK -> ALARM transition)."
    )]
    [InlineData(
        "- - - - -",
        "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching]."
    )]
    public void The_reason_is_given_in_CloudWatchs_words(string points, string reason)
    {
        var settings = Settings(3, 2) with { TreatMissingData = "breaching" };
        var verdict = AlarmEvaluation.Evaluate(settings, Points(points));

        AlarmReason.Text(settings, verdict).ShouldBe(reason);
    }

    private static AlarmSettings Settings(int periods, int datapointsToAlarm) =>
        new(
            new Metric("n", "m", "[]"),
            new Statistic("Average", null),
            Unit: null,
            Period: 300,
            periods,
            datapointsToAlarm,
            "GreaterThanThreshold",
            Threshold: 0.5,
            "missing",
            IgnoresFewSamples: false
        );

    private static string State(AlarmSettings settings, string points) =>
        AlarmEvaluation.Evaluate(settings, Points(points)).State ?? Retain;

    private static AlarmDatapoint?[] Points(string points) =>
        [
            .. points
                .Split(' ')
                .Select(
                    (point, index) =>
                        point == "-"
                            ? null
                            : new AlarmDatapoint(
                                DateTimeOffset.UnixEpoch.AddMinutes(5 * index),
                                point == "X" ? 1 : 0,
                                SampleCount: 1
                            )
                )
                .Reverse(),
        ];
}
