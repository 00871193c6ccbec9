using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Endpoints;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMakerRuntime;

[Collection("processes")]
public sealed class MetricTests : IAsyncLifetime
{
    private readonly EndpointCloud cloud = new();

    public async Task InitializeAsync()
    {
        await cloud.InitializeAsync();
        await cloud.ConfigureAsync("counted-1", "counted");
        await cloud.CreateAsync("counted", "counted-1");
    }

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task Invocations_are_counted_with_what_became_of_them()
    {
        foreach (var body in (string[])["1", "2", "3", "refuse", "fail", "fail"])
        {
            try
            {
                await cloud.AskAsync("counted", body);
            }
            catch (AwsException)
            {
                // The failure is the counted event.
            }
        }

        (await SumAsync("Invocations", sum => sum >= 6)).ShouldBe(6);
        (await SumAsync("Invocation4XXErrors", _ => true)).ShouldBe(1);
        (await SumAsync("Invocation5XXErrors", _ => true)).ShouldBe(2);
        (await SumAsync("InvocationModelErrors", _ => true)).ShouldBe(3);
        (await SumAsync("ModelLatency", _ => true)).ShouldBeGreaterThan(0);
        (await SumAsync("OverheadLatency", _ => true)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_the_model_server_prints_is_in_the_logs_of_its_endpoint()
    {
        var input = new JsonObject { ["logGroupName"] = "/aws/sagemaker/Endpoints/counted" };

        var events = await Eventually.Async(
            async () =>
            {
                try
                {
                    return (await new LogsClient(cloud.Connection).FilterLogEventsAsync(input)).Events.ToList();
                }
                catch (AwsException error) when (error.Code == "ResourceNotFoundException")
                {
                    return [];
                }
            },
            events => events.Count > 0
        );

        var entry = events[0];
        entry.Message.ShouldBe("serving counted");
        entry.LogStreamName.ShouldStartWith("AllTraffic/i-");
    }

    private Task<double> SumAsync(string metric, Func<double, bool> satisfies)
    {
        var now = DateTimeOffset.UtcNow;
        var input = new JsonObject
        {
            ["Namespace"] = "AWS/SageMaker",
            ["MetricName"] = metric,
            ["Dimensions"] = new JsonArray(
                new JsonObject { ["Name"] = "EndpointName", ["Value"] = "counted" },
                new JsonObject { ["Name"] = "VariantName", ["Value"] = "AllTraffic" }
            ),
            ["StartTime"] = Tree.Of(now.AddHours(-1)),
            ["EndTime"] = Tree.Of(now.AddHours(1)),
            ["Period"] = 60,
            ["Statistics"] = new JsonArray("Sum"),
        };
        return Eventually.Async(
            async () =>
                (await new CloudWatchClient(cloud.Connection).GetMetricStatisticsAsync(input))
                    .Objects("Datapoints")
                    .Sum(point => point.Double("Sum") ?? 0),
            satisfies
        );
    }
}
