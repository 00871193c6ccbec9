using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

public sealed class MetricTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private static readonly string[] All = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

    /// <summary>A minute of the recent past.</summary>
    private readonly DateTimeOffset start = Minute(DateTimeOffset.UtcNow.AddHours(-1));

    [Fact]
    public async Task Values_counted_values_and_statistic_sets_add_up()
    {
        await PutAsync("mixed", new { Value = 1.5, Timestamp = Seconds(start.AddSeconds(3)) });
        await PutAsync(
            "mixed",
            new
            {
                Values = new[] { 2.0, 4.0 },
                Counts = new[] { 3.0, 1.0 },
                Timestamp = Seconds(start.AddSeconds(50)),
            }
        );
        await PutAsync(
            "mixed",
            new
            {
                StatisticValues = new
                {
                    SampleCount = 2.0,
                    Sum = 20.0,
                    Minimum = 9.0,
                    Maximum = 11.0,
                },
                Timestamp = Seconds(start.AddSeconds(70)),
            }
        );

        var points = await StatisticsAsync("mixed", 60, new { Statistics = All });

        points.Count.ShouldBe(2);
        points[0].Time("Timestamp").ShouldBe(start);
        All.Select(name => points[0].Double(name)).ShouldBe([5, 2.3, 11.5, 1.5, 4]);
        All.Select(name => points[1].Double(name)).ShouldBe([2, 10, 20, 9, 11]);
        var whole = await StatisticsAsync("mixed", 300, new { Statistics = new[] { "Sum" } });
        whole.Single().Double("Sum").ShouldBe(31.5);
    }

    [Fact]
    public async Task Percentiles_come_from_the_values_and_not_from_statistic_sets()
    {
        var values = Enumerable.Range(1, 100).Select(value => (double)value).ToArray();
        await PutAsync("percentiles", new { Values = values, Timestamp = Seconds(start) });
        var asked = new { ExtendedStatistics = new[] { "p50", "p99", "p99.9" } };

        var known = (await StatisticsAsync("percentiles", 60, asked)).Single().Object("ExtendedStatistics")!;
        await PutAsync(
            "percentiles",
            new
            {
                StatisticValues = new
                {
                    SampleCount = 2.0,
                    Sum = 3.0,
                    Minimum = 1.0,
                    Maximum = 2.0,
                },
                Timestamp = Seconds(start),
            }
        );
        var unknown = (await StatisticsAsync("percentiles", 60, asked)).Single();

        known.ToJsonString().ShouldBe("""{"p50":50,"p99":99,"p99.9":100}""");
        unknown["ExtendedStatistics"].ShouldBeNull();
    }

    [Fact]
    public async Task Dimensions_tell_metrics_apart_in_whatever_order_they_come()
    {
        object[] ab = [new { Name = "a", Value = "1" }, new { Name = "b", Value = "2" }];
        await PutAsync("dimensions", new { Value = 1, Dimensions = ab });
        await PutAsync("dimensions", new { Value = 2, Dimensions = ab.Reverse() });
        await PutAsync("dimensions", new { Value = 4, Dimensions = ab[..1] });

        var listed = await cloud.CallAsync(
            "monitoring",
            "ListMetrics",
            new
            {
                Namespace = "Test",
                MetricName = "dimensions",
                Dimensions = new[] { new { Name = "b" } },
            }
        );
        var sum = await DataAsync("dimensions", "Sum", ab);

        listed.Objects("Metrics").Single().Array("Dimensions")!.Count.ShouldBe(2);
        sum.Single().Value.ShouldBe(3);
    }

    [Fact]
    public async Task A_query_gives_the_newest_first_unless_told_otherwise()
    {
        await PutAsync("scan", new { Value = 1, Timestamp = Seconds(start) });
        await PutAsync("scan", new { Value = 2, Timestamp = Seconds(start.AddMinutes(2)) });

        var newestFirst = await DataAsync("scan", "Average", []);
        var oldestFirst = await DataAsync("scan", "Average", [], "TimestampAscending");

        newestFirst.Select(point => point.Value).ShouldBe([2, 1]);
        oldestFirst.ShouldBe([(start, 1), (start.AddMinutes(2), 2)]);
    }

    [Fact]
    public async Task Data_are_there_after_a_restart()
    {
        await PutAsync("kept", new { Value = 7 });

        await cloud.RestartAsync();

        (await DataAsync("kept", "Maximum", [])).Single().Value.ShouldBe(7);
    }

    [Fact]
    public async Task Units_are_not_added_up()
    {
        foreach (var (value, unit) in ((double, string?)[])[(1, "Seconds"), (5, "Count"), (7, "Count"), (10, null)])
        {
            await PutAsync(
                "units",
                new
                {
                    Value = value,
                    Unit = unit ?? "None",
                    Timestamp = Seconds(start),
                }
            );
        }

        var all = await StatisticsAsync("units", 60, new { Statistics = new[] { "Sum" } });
        var one = await StatisticsAsync("units", 60, new { Statistics = new[] { "Sum" }, Unit = "Count" });

        all.Select(point => (point.Text("Unit")!, point.Double("Sum")))
            .Order()
            .ShouldBe([("Count", 12), ("None", 10), ("Seconds", 1)]);
        one.Single().Double("Sum").ShouldBe(12);
    }

    [Fact]
    public async Task Values_beside_a_statistic_set_are_taken_and_the_set_counts()
    {
        await PutAsync(
            "both",
            new
            {
                Values = new[] { 1.0, 10.0 },
                StatisticValues = new
                {
                    SampleCount = 10.0,
                    Sum = 55.0,
                    Minimum = 1.0,
                    Maximum = 10.0,
                },
                Timestamp = Seconds(start),
            }
        );

        (await StatisticsAsync("both", 60, new { Statistics = new[] { "Sum" } })).Single().Double("Sum").ShouldBe(55);
    }

    [Fact]
    public async Task What_CloudWatch_does_not_take_is_refused_in_its_words()
    {
        (await RefusedAsync(new { Value = 1, Values = new[] { 1 } })).Message.ShouldBe(
            "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both."
        );
        (await RefusedAsync(new { Values = new[] { 1, 2 }, Counts = new[] { 1 } })).Message.ShouldBe(
            "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size."
        );
        (await RefusedAsync(new { Value = "NaN" })).Message.ShouldBe(
            "The value NaN for parameter MetricData.member.1.Value is invalid."
        );
        (
            await RefusedAsync(new { Value = 1, Timestamp = Seconds(DateTimeOffset.UtcNow.AddHours(3)) })
        ).Message.ShouldBe(
            "The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future."
        );
        (
            await cloud.RefusalAsync(
                "monitoring",
                "GetMetricData",
                new
                {
                    StartTime = Seconds(start),
                    EndTime = Seconds(start.AddHours(1)),
                    MetricDataQueries = new[] { new { Id = "e", Expression = "m1/m2" } },
                }
            )
        ).Message.ShouldContain("metric math");
    }

    private static DateTimeOffset Minute(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds() / 60 * 60);

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static JsonObject Input(string name, object datum)
    {
        var tree = System.Text.Json.JsonSerializer.SerializeToNode(datum)!.AsObject();
        tree["MetricName"] = name;
        return new JsonObject { ["Namespace"] = "Test", ["MetricData"] = new JsonArray(tree) };
    }

    private Task PutAsync(string name, object datum) =>
        cloud.CallAsync("monitoring", "PutMetricData", Input(name, datum));

    private Task<Aws.Errors.AwsException> RefusedAsync(object datum) =>
        cloud.RefusalAsync("monitoring", "PutMetricData", Input("refused", datum));

    private async Task<List<JsonObject>> StatisticsAsync(string name, int period, object statistics)
    {
        var input = System.Text.Json.JsonSerializer.SerializeToNode(statistics)!.AsObject();
        input["Namespace"] = "Test";
        input["MetricName"] = name;
        input["Period"] = period;
        input["StartTime"] = Seconds(start);
        input["EndTime"] = Seconds(start.AddMinutes(5));
        return [.. (await cloud.CallAsync("monitoring", "GetMetricStatistics", input)).Objects("Datapoints")];
    }

    private async Task<List<(DateTimeOffset Time, double Value)>> DataAsync(
        string name,
        string stat,
        object[] dimensions,
        string? scan = null
    )
    {
        var answer = await cloud.CallAsync(
            "monitoring",
            "GetMetricData",
            new
            {
                StartTime = Seconds(start),
                EndTime = Seconds(start.AddHours(2)),
                ScanBy = scan ?? "TimestampDescending",
                MetricDataQueries = new[]
                {
                    new
                    {
                        Id = "m1",
                        MetricStat = new
                        {
                            Metric = new
                            {
                                Namespace = "Test",
                                MetricName = name,
                                Dimensions = dimensions,
                            },
                            Period = 60,
                            Stat = stat,
                        },
                    },
                },
            }
        );
        var result = answer.Objects("MetricDataResults").Single();
        return
        [
            .. result
                .Array("Timestamps")!
                .Zip(result.Array("Values")!)
                .Select(pair =>
                    (
                        DateTimeOffset.FromUnixTimeMilliseconds((long)(Tree.Double(pair.First)!.Value * 1000)),
                        Tree.Double(pair.Second)!.Value
                    )
                ),
        ];
    }
}
