using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

/// <summary>GetMetricData with several series, in each of CloudWatch's protocols.</summary>
public sealed class MetricDataTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    /// <summary>A minute of the recent past.</summary>
    private readonly DateTimeOffset start = DateTimeOffset.FromUnixTimeSeconds(
        (DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60) - 3600
    );

    [Theory]
    [InlineData("Average 60", "Sum 60", "m Average", "m Sum")]
    [InlineData("Sum 60", "Sum 30", "m 60", "m 30")]
    [InlineData("Sum 60", "Minimum 30", "m Sum 60", "m Minimum 30")]
    [InlineData("Sum 60", "Sum 60", "m", "m")]
    public async Task A_label_has_the_metrics_name_and_what_tells_the_series_apart(
        string one,
        string other,
        string label,
        string otherLabel
    )
    {
        foreach (var wire in CloudWatchWire.All(cloud.Host))
        {
            var answer = await DataAsync(wire, [Query("m", one, "a"), Query("m", other, "b")]);

            answer
                .Objects("MetricDataResults")
                .Select(result => result.Text("Label"))
                .ShouldBe([label, otherLabel], wire.Protocol);
        }
    }

    [Fact]
    public async Task A_label_of_ones_own_stays_and_a_series_that_is_not_returned_counts_for_nothing()
    {
        var named = Query("m", "Sum 60", "a");
        named["Label"] = "mine";
        var hidden = Query("m", "Sum 30", "c");
        hidden["ReturnData"] = false;

        var answer = await DataAsync(CloudWatchWire.All(cloud.Host)[0], [named, Query("m", "Average 60", "b"), hidden]);

        answer.Objects("MetricDataResults").Select(result => result.Text("Label")).ShouldBe(["mine", "m Average"]);
    }

    [Fact]
    public async Task Pages_end_after_so_many_datapoints_and_lead_to_all_of_them_once()
    {
        await PutAsync("one", [1, 2, 3, 4, 5]);
        await PutAsync("two", [6, 7]);
        foreach (var wire in CloudWatchWire.All(cloud.Host))
        {
            var found = new Dictionary<string, List<double>> { ["a"] = [], ["b"] = [] };
            var statuses = new List<string>();
            string? token = null;
            do
            {
                var page = await DataAsync(wire, [Query("one", "Sum 60", "a"), Query("two", "Sum 60", "b")], 3, token);
                token = page.Text("NextToken");
                foreach (var result in page.Objects("MetricDataResults"))
                {
                    found[result.Text("Id")!]
                        .AddRange(result.Array("Values")!.Select(value => Tree.Double(value)!.Value));
                    statuses.Add($"{result.Text("Id")} {result.Text("StatusCode")}");
                }
            } while (token is not null);

            found["a"].ShouldBe([5, 4, 3, 2, 1], wire.Protocol);
            found["b"].ShouldBe([7, 6], wire.Protocol);
            statuses.ShouldBe(
                ["a PartialData", "b PartialData", "a Complete", "b PartialData", "a Complete", "b Complete"],
                wire.Protocol
            );
        }
    }

    [Fact]
    public async Task A_page_that_holds_all_has_no_token_and_a_foreign_token_is_refused()
    {
        await PutAsync("whole", [1, 2]);
        foreach (var wire in CloudWatchWire.All(cloud.Host))
        {
            (await DataAsync(wire, [Query("whole", "Sum 60", "a")], 2)).Text("NextToken").ShouldBeNull();

            var (status, error) = await wire.RefusalAsync(
                "GetMetricData",
                Input([Query("whole", "Sum 60", "a")], null, "nonsense")
            );
            (status, error.Code).ShouldBe((400, "InvalidNextToken"), wire.Protocol);
        }
    }

    private static JsonObject Query(string metric, string statisticAndPeriod, string id) =>
        new()
        {
            ["Id"] = id,
            ["MetricStat"] = new JsonObject
            {
                ["Metric"] = new JsonObject { ["Namespace"] = "Data", ["MetricName"] = metric },
                ["Stat"] = statisticAndPeriod.Split(' ')[0],
                ["Period"] = int.Parse(statisticAndPeriod.Split(' ')[1], null),
            },
        };

    private JsonObject Input(JsonObject[] queries, int? most, string? token)
    {
        var input = new JsonObject
        {
            ["MetricDataQueries"] = new JsonArray([.. queries]),
            ["StartTime"] = Tree.Of(start),
            ["EndTime"] = Tree.Of(start.AddHours(1)),
        };
        if (most is not null)
        {
            input["MaxDatapoints"] = most;
        }

        if (token is not null)
        {
            input["NextToken"] = token;
        }

        return input;
    }

    private Task<JsonObject> DataAsync(
        CloudWatchWire wire,
        JsonObject[] queries,
        int? most = null,
        string? token = null
    ) => wire.CallAsync("GetMetricData", Input(queries, most, token));

    private Task PutAsync(string metric, double[] values) =>
        cloud.CallAsync(
            "monitoring",
            "PutMetricData",
            new
            {
                Namespace = "Data",
                MetricData = values.Select(
                    (value, index) =>
                        new
                        {
                            MetricName = metric,
                            Value = value,
                            Timestamp = start.AddMinutes(index).ToUnixTimeSeconds(),
                        }
                ),
            }
        );
}
