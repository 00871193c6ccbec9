using System.Text;
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
        environment
            .Text("OMP_NUM_THREADS")
            .ShouldBe($"{Math.Min(4, Environment.ProcessorCount)}", "4 for ml.g4dn.xlarge");
        environment.Text("AWS_ENDPOINT_URL").ShouldBe(cloud.Cloud.Host.Endpoint.ToString().TrimEnd('/'));
        environment.ContainsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI").ShouldBeTrue();
        environment.ContainsKey("AWS_ACCESS_KEY_ID").ShouldBeFalse();
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
