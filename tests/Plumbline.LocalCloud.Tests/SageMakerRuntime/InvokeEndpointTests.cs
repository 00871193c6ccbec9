using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Endpoints;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMakerRuntime;

[Collection("processes")]
public sealed class InvokeEndpointTests(InvokeEndpointTests.Serving serving)
    : IClassFixture<InvokeEndpointTests.Serving>
{
    [Theory]
    [InlineData("refuse", 400, "client", "row 1: 'x' is not a number")]
    [InlineData("fail", 500, "server", "no idea")]
    public async Task A_model_that_refuses_is_quoted(string body, int status, string side, string said)
    {
        var error = await Should.ThrowAsync<AwsException>(() => serving.Cloud.AskAsync("served", body));

        error.Code.ShouldBe("ModelError");
        error.Status.ShouldBe(424);
        error.Message.ShouldStartWith($"Received {side} error ({status}) from primary with message \"{said}\".");
        error.Members!.Int("OriginalStatusCode").ShouldBe(status);
        error.Members!.Text("OriginalMessage").ShouldBe(said);
        error
            .Members!.Text("LogStreamArn")
            .ShouldBe("arn:aws:logs:us-east-1:000000000000:log-group:/aws/sagemaker/Endpoints/served");
    }

    [Fact]
    public async Task Bodies_of_any_size_up_to_the_limit_pass_whole()
    {
        foreach (var size in (int[])[5, 16_384, 16_385, 100_000, 6_291_456])
        {
            var body = new byte[size];
            Seeds.Random(1).NextBytes(body);
            "echo "u8.CopyTo(body);

            var answer = await InvokeAsync(body);

            answer.Body.Span.SequenceEqual(body).ShouldBeTrue($"{size} bytes");
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        var error = await Should.ThrowAsync<AwsException>(() => InvokeAsync(new byte[6_291_457]));

        error.Code.ShouldBe("ValidationError");
        error.Message.ShouldContain("Member must have length less than or equal to 6291456");
    }

    [Fact]
    public async Task An_inference_id_that_is_too_long_is_refused()
    {
        var request = new InferenceRequest("served", "1"u8.ToArray(), "text/csv") { InferenceId = new string('i', 65) };

        var error = await Should.ThrowAsync<AwsException>(() => serving.Cloud.Runtime.InvokeEndpointAsync(request));

        error.Code.ShouldBe("ValidationError");
        error.Message.ShouldContain("Member must have length less than or equal to 64");
    }

    [Fact]
    public async Task Custom_attributes_pass_both_ways()
    {
        var answer = await serving.Cloud.Runtime.CallAsync(
            "InvokeEndpoint",
            new JsonObject
            {
                ["EndpointName"] = "served",
                ["Body"] = Convert.ToBase64String("1"u8),
                ["CustomAttributes"] = "trace=7",
            }
        );

        answer.Text("CustomAttributes").ShouldBe("seen trace=7");
    }

    [Fact]
    public async Task A_bucket_named_endpoints_is_still_a_bucket()
    {
        using var s3 = serving.Cloud.S3;
        await s3.PutBucketAsync("endpoints");
        var upload = await s3.InitiateMultipartUploadAsync("endpoints", "served/invocations");

        upload.UploadId.ShouldNotBeEmpty();
    }

    private Task<Inference> InvokeAsync(byte[] body) =>
        serving.Cloud.Runtime.InvokeEndpointAsync(new InferenceRequest("served", body, "application/octet-stream"));

    /// <summary>A local cloud with one endpoint.</summary>
    public sealed class Serving : IAsyncLifetime
    {
        public EndpointCloud Cloud { get; } = new();

        public async Task InitializeAsync()
        {
            await Cloud.InitializeAsync();
            await Cloud.ConfigureAsync("served-1", "served");
            await Cloud.CreateAsync("served", "served-1");
        }

        public Task DisposeAsync() => Cloud.DisposeAsync();
    }
}
