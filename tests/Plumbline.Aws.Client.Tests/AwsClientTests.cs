using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Aws.Client.Tests;

public sealed class AwsClientTests
{
    [Fact]
    public async Task A_call_is_signed_sent_and_its_answer_read()
    {
        await using var aws = await FakeAws.StartAsync(
            "sagemaker",
            (_, input) =>
                new JsonObject { ["EndpointName"] = input.Text("EndpointName"), ["CreationTime"] = 1700000000.123 }
        );
        using var connection = aws.Connect();
        var endpoint = await new SageMakerClient(connection).DescribeEndpointAsync(
            new JsonObject { ["EndpointName"] = "digits" }
        );
        endpoint.Tree.Text("EndpointName").ShouldBe("digits");
        endpoint.Tree.Time("CreationTime").ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1700000000123));
        aws.Hook.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_error_has_AWSs_code_status_and_message()
    {
        await using var aws = await FakeAws.StartAsync(
            "sagemaker",
            (_, _) => throw new AwsException("ResourceNotFound", 400, "There is no such endpoint.")
        );
        using var connection = aws.Connect();
        var call = new SageMakerClient(connection).DescribeEndpointAsync(
            new JsonObject { ["EndpointName"] = "digits" }
        );
        var error = await Should.ThrowAsync<AwsException>(() => call);
        (error.Code, error.Status, error.Message, error.RequestId).ShouldBe(
            ("ResourceNotFound", 400, "There is no such endpoint.", "request-1")
        );
        aws.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("ThrottlingException", 400)]
    [InlineData("InternalFailure", 500)]
    [InlineData("ServiceUnavailable", 503)]
    public async Task What_may_pass_is_tried_three_times(string code, int status)
    {
        await using var aws = await FakeAws.StartAsync("sns", (_, _) => throw new AwsException(code, status, "Busy."));
        using var connection = aws.Connect();
        var error = await Should.ThrowAsync<AwsException>(() => new SnsClient(connection).ListTopicsAsync());
        error.Code.ShouldBe(code);
        aws.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_second_attempt_that_succeeds_is_the_answer()
    {
        var attempts = 0;
        await using var aws = await FakeAws.StartAsync(
            "codebuild",
            (_, _) =>
                ++attempts < 2
                    ? throw new AwsException("InternalFailure", 500, "")
                    : new JsonObject { ["ids"] = new JsonArray("b:1") }
        );
        using var connection = aws.Connect();
        var builds = await new CodeBuildClient(connection).ListBuildsAsync();
        builds.Texts("ids").ShouldBe(["b:1"]);
    }

    [Fact]
    public async Task All_attempts_carry_one_idempotency_token()
    {
        await using var aws = await FakeAws.StartAsync(
            "sagemaker",
            (_, _) => throw new AwsException("InternalFailure", 500, "")
        );
        using var connection = aws.Connect();
        var input = new JsonObject { ["PipelineName"] = "p" };
        await Should.ThrowAsync<AwsException>(() => new SageMakerClient(connection).StartPipelineExecutionAsync(input));
        var tokens = aws.Calls.Select(call => call.Input.Text("ClientRequestToken")).Distinct().ToList();
        aws.Calls.Count.ShouldBe(3);
        tokens.Count.ShouldBe(1);
        tokens[0]!.Length.ShouldBeGreaterThan(31);
        input.ContainsKey("ClientRequestToken").ShouldBeFalse();
    }

    [Fact]
    public async Task One_attempt_does_not_retry()
    {
        await using var aws = await FakeAws.StartAsync(
            "sns",
            (_, _) => throw new AwsException("InternalFailure", 500, "")
        );
        using var connection = AwsConnection.WithKeys(
            "us-east-1",
            new("AKIDEXAMPLE", "secret"),
            aws.Endpoint,
            aws.Hook
        );
        using var once = new AwsConnection("us-east-1", connection.Credentials, aws.Endpoint, aws.Hook)
        {
            MaxAttempts = 1,
        };
        await Should.ThrowAsync<AwsException>(() => new SnsClient(once).ListTopicsAsync());
        aws.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        var aws = await FakeAws.StartAsync("sns", (_, _) => new JsonObject());
        var endpoint = aws.Endpoint;
        await aws.DisposeAsync();
        using var connection = aws.AwsConnectionFor(endpoint);
        var error = await Should.ThrowAsync<AwsException>(() => new SnsClient(connection).ListTopicsAsync());
        error.Code.ShouldBe("ConnectionError");
        error.Message.ShouldContain(endpoint.ToString());
        aws.Hook.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_list_is_read_to_its_last_page()
    {
        await using var aws = await FakeAws.StartAsync(
            "sagemaker",
            (_, input) =>
            {
                var page = int.Parse(input.Text("NextToken") ?? "0", null);
                var output = new JsonObject
                {
                    ["Endpoints"] = new JsonArray(new JsonObject { ["EndpointName"] = $"e{page}" }),
                };
                if (page < 2)
                {
                    output["NextToken"] = $"{page + 1}";
                }

                return output;
            }
        );
        using var connection = aws.Connect();
        var names = new List<string?>();
        await foreach (var page in new SageMakerClient(connection).PagesAsync("ListEndpoints"))
        {
            names.AddRange(page.Objects("Endpoints").Select(endpoint => endpoint.Text("EndpointName")));
        }

        names.ShouldBe(["e0", "e1", "e2"]);
    }

    [Fact]
    public async Task The_pages_of_a_log_end_where_the_token_stands_still()
    {
        await using var aws = await FakeAws.StartAsync(
            "logs",
            (_, input) => new JsonObject { ["nextForwardToken"] = input.Text("nextToken") is null ? "f/1" : "f/2" }
        );
        using var connection = aws.Connect();
        var input = new JsonObject { ["logGroupName"] = "g", ["logStreamName"] = "s" };
        var pages = 0;
        await foreach (var _ in new LogsClient(connection).PagesAsync("GetLogEvents", input))
        {
            pages++;
        }

        pages.ShouldBe(3);
    }

    [Fact]
    public async Task An_endpoint_is_asked_with_bytes_and_answers_bytes()
    {
        await using var aws = await FakeAws.StartAsync(
            "sagemaker-runtime",
            (_, input, request) =>
            {
                request.Headers["X-Amzn-SageMaker-Inference-Id"].ToString().ShouldBe("row-1");
                input.Text("EndpointName").ShouldBe("digits");
                return new JsonObject { ["ContentType"] = "text/csv", ["InvokedProductionVariant"] = "live" };
            }
        );
        using var connection = aws.Connect();
        var inference = await new SageMakerRuntimeClient(connection).InvokeEndpointAsync(
            new InferenceRequest("digits", "1,2\n"u8.ToArray(), "text/csv") { InferenceId = "row-1" }
        );
        Encoding.UTF8.GetString(inference.Body.Span).ShouldBe("1,2\n");
        (inference.ContentType, inference.Variant).ShouldBe(("text/csv", "live"));
    }

    [Fact]
    public async Task An_endpoint_below_a_path_is_called_below_it()
    {
        await using var aws = await FakeAws.StartAsync(
            "sts",
            (_, _) => new JsonObject { ["Account"] = "000000000000" }
        );
        using var connection = aws.AwsConnectionFor(new Uri(aws.Endpoint, "/some/path/"));
        (await new StsClient(connection).GetCallerIdentityAsync()).Account.ShouldBe("000000000000");
        aws.Hook.Calls.Single().AbsolutePath.ShouldBe("/some/path/");
    }

    [Fact]
    public async Task An_operation_that_the_model_lacks_is_named()
    {
        using var connection = AwsConnection.WithKeys(
            "us-east-1",
            new("a", "b"),
            new Uri("http://127.0.0.1:9"),
            new LoopbackOnly()
        );
        var error = await Should.ThrowAsync<AwsException>(() =>
            new SageMakerClient(connection).CallAsync("CreateDomain")
        );
        error.Message.ShouldContain("CreateDomain");
    }

    [Fact]
    public async Task A_test_cannot_reach_another_machine()
    {
        using var hook = new LoopbackOnly();
        using var connection = AwsConnection.WithKeys("us-east-1", new("a", "b"), endpoint: null, hook);
        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            new SageMakerClient(connection).ListEndpointsAsync()
        );
        error.Message.ShouldContain("api.sagemaker.us-east-1.amazonaws.com");
        using var s3 = S3ClientFactory.Create(connection);
        (await Should.ThrowAsync<Exception>(() => s3.ListBucketsAsync())).ToString().ShouldContain("not this machine");
        hook.Calls.ShouldBeEmpty();
    }
}
