using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.Connections;

namespace Plumbline.LocalCloud.Tests.SageMaker.Endpoints;

[Collection("processes")]
public sealed class EndpointUpdateTests(EndpointCloud cloud) : IClassFixture<EndpointCloud>
{
    [Fact]
    public async Task A_new_version_takes_over_without_one_failed_request()
    {
        await cloud.ConfigureAsync("takeover-1", "old");
        await cloud.ConfigureAsync("takeover-2", "new");
        await cloud.CreateAsync("takeover", "takeover-1");
        var before = cloud.ServerCount;
        using var enough = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(_ => AskUntilAsync("takeover", enough.Token)).ToList();

        await cloud.UpdateAsync("takeover", "takeover-2");
        (await cloud.DescribeAsync("takeover"))
            .Object("PendingDeploymentSummary")!
            .Text("EndpointConfigName")
            .ShouldBe("takeover-2");
        await Eventually.Async(
            () => cloud.DescribeAsync("takeover"),
            endpoint => endpoint.Text("EndpointConfigName") == "takeover-2"
        );
        (await cloud.AskAsync("takeover", "1")).ShouldBe("new");
        await Eventually.Async(() => cloud.ServerCount == before);
        await enough.CancelAsync();

        var answers = (await Task.WhenAll(callers)).SelectMany(list => list).ToList();
        answers.ShouldContain("old");
        answers.ShouldContain("new");
        answers.ShouldAllBe(answer => answer == "old" || answer == "new");
    }

    [Fact]
    public async Task A_request_that_runs_when_the_new_version_takes_over_is_answered_by_the_old_one()
    {
        await cloud.ConfigureAsync("drain-1", "old");
        await cloud.ConfigureAsync("drain-2", "new");
        await cloud.CreateAsync("drain", "drain-1");

        await cloud.UpdateAsync("drain", "drain-2");
        var slow = cloud.AskAsync("drain", "sleep 4");
        await Eventually.Async(() => cloud.AskAsync("drain", "1"), answer => answer == "new");

        (await slow).ShouldBe("old");
    }

    [Fact]
    public async Task An_update_that_cannot_start_leaves_the_old_version_in_service_and_says_why()
    {
        await cloud.ConfigureAsync("kept-1", "good");
        await cloud.ConfigureAsync("kept-2", "refuses to start");
        await cloud.CreateAsync("kept", "kept-1");

        await cloud.UpdateAsync("kept", "kept-2");
        var endpoint = await cloud.SettledAsync("kept");

        endpoint.Text("EndpointStatus").ShouldBe("InService");
        endpoint.Text("EndpointConfigName").ShouldBe("kept-1");
        endpoint.Text("FailureReason")!.ShouldContain("did not pass the ping health check");
        endpoint.Text("FailureReason")!.ShouldContain("exit code 7");
        endpoint.ContainsKey("PendingDeploymentSummary").ShouldBeFalse();
        (await cloud.AskAsync("kept", "1")).ShouldBe("good");
    }

    [Fact]
    public async Task An_update_keeps_weights_counts_and_capture_where_it_is_asked_to_and_not_what_it_excludes()
    {
        await cloud.ConfigureAsync("scaled-1", "one");
        await cloud.ConfigureAsync(
            "scaled-2",
            "two",
            """{"EnableCapture":true,"InitialSamplingPercentage":20,"DestinationS3Uri":"s3://bucket/c","CaptureOptions":[{"CaptureMode":"Input"}]}"""
        );
        await cloud.CreateAsync("scaled", "scaled-1");
        await cloud.SageMaker.UpdateEndpointWeightsAndCapacitiesAsync(
            Json(
                """
                {"EndpointName":"scaled","DesiredWeightsAndCapacities":[{"VariantName":"AllTraffic","DesiredInstanceCount":5,"DesiredWeight":3}]}
                """
            )
        );

        await cloud.SageMaker.UpdateEndpointAsync(
            Json("""{"EndpointName":"scaled","EndpointConfigName":"scaled-2","RetainAllVariantProperties":true}""")
        );
        var retained = await cloud.SettledAsync("scaled");
        await cloud.SageMaker.UpdateEndpointAsync(
            Json(
                """
                {"EndpointName":"scaled","EndpointConfigName":"scaled-2","RetainAllVariantProperties":true,
                 "ExcludeRetainedVariantProperties":[{"VariantPropertyType":"DesiredWeight"},{"VariantPropertyType":"DataCaptureConfig"}]}
                """
            )
        );
        var partly = await cloud.SettledAsync("scaled");
        await cloud.UpdateAsync("scaled", "scaled-1");
        var reset = await cloud.SettledAsync("scaled");

        Shown(retained).ShouldBe((5, 3, null));
        Shown(partly).ShouldBe((5, 1, 20));
        Shown(reset).ShouldBe((1, 1, null));

        static (int?, double?, int?) Shown(JsonObject endpoint)
        {
            var variant = endpoint.Objects("ProductionVariants").Single();
            return (
                variant.Int("CurrentInstanceCount"),
                variant.Double("CurrentWeight"),
                endpoint.Object("DataCaptureConfig")?.Int("CurrentSamplingPercentage")
            );
        }
    }

    [Fact]
    public async Task Steps_are_refused_with_a_single_instance()
    {
        await cloud.ConfigureAsync("steps-1", "one");
        await cloud.CreateAsync("steps", "steps-1");

        var refusal = await Should.ThrowAsync<AwsException>(() =>
            cloud.UpdateAsync(
                "steps",
                "steps-1",
                """
                {"BlueGreenUpdatePolicy":{"TrafficRoutingConfiguration":{"Type":"CANARY","WaitIntervalInSeconds":60,"CanarySize":{"Type":"INSTANCE_COUNT","Value":1}}}}
                """
            )
        );

        refusal.Code.ShouldBe("ValidationException");
        refusal.Message.ShouldContain("at least two instances");
        var rolling = await Should.ThrowAsync<AwsException>(() =>
            cloud.UpdateAsync(
                "steps",
                "steps-1",
                """
                {"RollingUpdatePolicy":{"MaximumBatchSize":{"Type":"INSTANCE_COUNT","Value":1},"WaitIntervalInSeconds":60}}
                """
            )
        );
        rolling.Message.ShouldBe("RollingUpdatePolicy of a DeploymentConfig is not implemented by the local cloud.");
    }

    private async Task<List<string>> AskUntilAsync(string endpoint, CancellationToken enough)
    {
        var answers = new List<string>();
        while (!enough.IsCancellationRequested)
        {
            answers.Add(await cloud.AskAsync(endpoint, "1,2,3"));
        }

        return answers;
    }
}
