using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.Connections;

namespace Plumbline.LocalCloud.Tests.SageMaker.Endpoints;

[Collection("processes")]
public sealed class EndpointTests(EndpointCloud cloud) : IClassFixture<EndpointCloud>
{
    [Fact]
    public async Task An_endpoint_serves_what_its_model_says()
    {
        await cloud.ConfigureAsync("plain-1", "seven");
        await cloud.CreateAsync("plain", "plain-1");

        var answer = await cloud.Runtime.InvokeEndpointAsync(
            new InferenceRequest("plain", "1,2"u8.ToArray(), "text/csv")
        );

        Encoding.UTF8.GetString(answer.Body.Span).ShouldBe("seven");
        answer.ContentType.ShouldBe("text/csv; charset=utf-8");
        answer.Variant.ShouldBe("AllTraffic");
        (await cloud.AskAsync("plain", "chunked")).ShouldBe("seven");
        var endpoint = await cloud.DescribeAsync("plain");
        endpoint.Text("EndpointArn").ShouldBe("arn:aws:sagemaker:us-east-1:000000000000:endpoint/plain");
        endpoint.Text("EndpointConfigName").ShouldBe("plain-1");
        var variant = endpoint.Objects("ProductionVariants").Single();
        variant.Double("CurrentWeight").ShouldBe(1);
        variant.Int("CurrentInstanceCount").ShouldBe(1);
        variant.Objects("DeployedImages").Single().Text("SpecifiedImage").ShouldBe(EndpointCloud.Image);
    }

    [Fact]
    public async Task The_container_gets_its_environment_and_the_role_of_its_model()
    {
        await cloud.ConfigureAsync("environment-1", "any");
        await cloud.CreateAsync("environment", "environment-1");

        var environment = Json(await cloud.AskAsync("environment", "environment"));

        environment.Text("COLOUR").ShouldBe("blue");
        environment.Text("AWS_ENDPOINT_URL").ShouldBe(cloud.Cloud.Host.Endpoint.ToString().TrimEnd('/'));
        environment.ContainsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI").ShouldBeTrue();
        environment.ContainsKey("AWS_ACCESS_KEY_ID").ShouldBeFalse();
    }

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
    public async Task A_broken_archive_fails_the_endpoint_with_its_address()
    {
        await cloud.PutModelAsync("broken-1.tar.gz", "this is not an archive"u8.ToArray());
        await cloud.ConfigureAsync("broken-1", [("AllTraffic", "broken-1", 1)]);
        await cloud.SageMaker.CreateEndpointAsync(
            Json("""{"EndpointName":"broken","EndpointConfigName":"broken-1"}""")
        );

        var endpoint = await cloud.SettledAsync("broken");

        endpoint.Text("EndpointStatus").ShouldBe("Failed");
        endpoint.Text("FailureReason")!.ShouldContain("\"s3://models/broken-1.tar.gz\"");
        endpoint.Text("FailureReason")!.ShouldContain("valid tar.gz archive");
        (await Refusal(() => cloud.AskAsync("broken", "1"))).Message.ShouldBe(
            "Endpoint broken of account 000000000000 not found."
        );
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
    public async Task Variants_are_asked_by_name_and_by_weight()
    {
        await cloud.PutModelAsync("heads.tar.gz", EndpointCloud.Archive(("answer.txt", "heads")));
        await cloud.PutModelAsync("tails.tar.gz", EndpointCloud.Archive(("./answer.txt", "tails")));
        await cloud.ConfigureAsync("coin-1", [("A", "heads", 1), ("B", "tails", 0)]);
        await cloud.CreateAsync("coin", "coin-1");

        (await cloud.AskAsync("coin", "1", "B")).ShouldBe("tails");
        for (var toss = 0; toss < 10; toss++)
        {
            (await cloud.AskAsync("coin", "1")).ShouldBe("heads");
        }

        await cloud.SageMaker.UpdateEndpointWeightsAndCapacitiesAsync(
            Json(
                """
                {"EndpointName":"coin","DesiredWeightsAndCapacities":[{"VariantName":"A","DesiredWeight":0},{"VariantName":"B","DesiredWeight":2}]}
                """
            )
        );
        await Eventually.Async(() => cloud.AskAsync("coin", "1"), answer => answer == "tails");
        (await Refusal(() => cloud.AskAsync("coin", "1", "C"))).Message.ShouldContain("Variant C");
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
    public async Task A_server_without_network_or_with_a_port_of_its_own_mind_is_reached_all_the_same()
    {
        await cloud.ConfigureAsync("isolated-1", "alone", change: model => model["EnableNetworkIsolation"] = true);
        await cloud.ConfigureAsync(
            "stubborn-1",
            "mine",
            change: model =>
            {
                model.Object("PrimaryContainer")!["Image"] = EndpointCloud.StubbornImage;
                model.Object("PrimaryContainer")!["Environment"] = Json("""{"LISTEN_ON":"8080"}""");
            }
        );
        await cloud.CreateAsync("isolated", "isolated-1");
        await cloud.CreateAsync("stubborn", "stubborn-1");

        (await cloud.AskAsync("isolated", "1")).ShouldBe("alone");
        (await cloud.AskAsync("stubborn", "1")).ShouldBe("mine");
    }

    [Fact]
    public async Task A_server_has_a_network_of_its_own_and_answers_the_gateway_only()
    {
        await cloud.ConfigureAsync("own-1", "here");
        await cloud.CreateAsync("own", "own-1");

        var network = await cloud.AskAsync("own", "network");

        network.ShouldStartWith("net:[");
        network.ShouldNotBe(new FileInfo("/proc/self/ns/net").LinkTarget);
    }

    [Fact]
    public async Task A_server_that_dies_is_started_again()
    {
        await cloud.ConfigureAsync("mortal-1", "again");
        await cloud.CreateAsync("mortal", "mortal-1");

        (await Refusal(() => cloud.AskAsync("mortal", "die"))).Code.ShouldBe("ServiceUnavailable");

        await Eventually.Async(() => TryAskAsync("mortal"), answer => answer == "again");
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

    [Fact]
    public async Task What_is_not_there_is_said_in_AWS_words()
    {
        (await Should.ThrowAsync<AwsException>(() => cloud.DescribeAsync("nowhere"))).Message.ShouldBe(
            "Could not find endpoint \"arn:aws:sagemaker:us-east-1:000000000000:endpoint/nowhere\"."
        );
        (
            await Should.ThrowAsync<AwsException>(() =>
                cloud.SageMaker.CreateEndpointAsync(Json("""{"EndpointName":"nowhere","EndpointConfigName":"none"}"""))
            )
        ).Message.ShouldContain("Could not find endpoint configuration");
        (await Refusal(() => cloud.AskAsync("nowhere", "1"))).Code.ShouldBe("ValidationError");
    }

    [Fact]
    public async Task A_deleted_endpoint_leaves_nothing_behind()
    {
        await cloud.ConfigureAsync("gone-1", "soon");
        var before = cloud.ServerCount;
        await cloud.CreateAsync("gone", "gone-1");

        await cloud.DeleteAsync("gone");

        cloud.ServerCount.ShouldBe(before);
        (await Refusal(() => cloud.AskAsync("gone", "1"))).Code.ShouldBe("ValidationError");
    }

    private static Task<AwsException> Refusal(Func<Task<string>> ask) => Should.ThrowAsync<AwsException>(ask);

    private async Task<List<string>> AskUntilAsync(string endpoint, CancellationToken enough)
    {
        var answers = new List<string>();
        while (!enough.IsCancellationRequested)
        {
            answers.Add(await cloud.AskAsync(endpoint, "1,2,3"));
        }

        return answers;
    }

    private async Task<string?> TryAskAsync(string endpoint)
    {
        try
        {
            return await cloud.AskAsync(endpoint, "1");
        }
        catch (AwsException error) when (error.Code == "ServiceUnavailable")
        {
            return null;
        }
    }
}
