using System.Net;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>An error about a missing service or operation names it, in the protocol of the request.</summary>
public sealed class UnservedServiceTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Form = "application/x-www-form-urlencoded; charset=utf-8";

    [Theory]
    [InlineData("kms", "TrentService.ListKeys", "1.1", "kms ListKeys")]
    [InlineData("dynamodb", "DynamoDB_20120810.ListTables", "1.0", "dynamodb ListTables")]
    [InlineData("sqs", "AmazonSQS.ListQueues", "1.0", "sqs ListQueues")]
    [InlineData("states", "AWSStepFunctions.ListStateMachines", "1.0", "stepfunctions ListStateMachines")]
    [InlineData("sagemaker", "SageMaker.CreateWorkteam", "1.1", "sagemaker CreateWorkteam")]
    public async Task In_JSON(string scope, string target, string version, string named)
    {
        var types = new List<string?>();
        var requests = new SignedRequests(cloud.Host)
        {
            Service = scope,
            Answered = answer => types.Add(answer.Content.Headers.ContentType?.MediaType),
        };
        var (status, body) = await requests.SendAsync(
            "POST",
            "/",
            "{}",
            new() { ["X-Amz-Target"] = target, ["Content-Type"] = $"application/x-amz-json-{version}" }
        );
        status.ShouldBe(HttpStatusCode.NotImplemented);
        body.ShouldBe($$"""{"__type":"NotImplemented","message":"{{Message(named)}}"}""");
        types.ShouldBe([$"application/x-amz-json-{version}"]);
    }

    [Theory]
    [InlineData("rds", "DescribeDBInstances", "<ErrorResponse><Error><Type>Receiver</Type><Code>NotImplemented</Code>")]
    [InlineData("ec2", "DescribeVpcs", "<Response><Errors><Error><Code>NotImplemented</Code>")]
    [InlineData("iam", "ListUsers", "<Error><Type>Receiver</Type><Code>NotImplemented</Code>")]
    public async Task In_a_form(string scope, string action, string start)
    {
        var (status, body) = await new SignedRequests(cloud.Host) { Service = scope }.SendAsync(
            "POST",
            "/",
            $"Action={action}&Version=2014-10-31",
            new() { ["Content-Type"] = Form }
        );
        status.ShouldBe(HttpStatusCode.NotImplemented);
        body.ShouldContain(start);
        body.ShouldContain(Message($"{scope} {action}"));
        body.ShouldContain(scope == "ec2" ? "<RequestID>" : "<RequestId>");
    }

    [Theory]
    [InlineData("lambda", "GET", "/2015-03-31/functions", "lambda GET /2015-03-31/functions")]
    [InlineData("bedrock", "POST", "/model/m/invoke", "bedrock POST /model/m/invoke")]
    [InlineData("sagemaker", "GET", "/FeatureGroup/f?x=1", "sagemaker-featurestore-runtime GetRecord")]
    [InlineData("sagemaker", "PUT", "/BatchPutMetrics", "sagemaker-metrics BatchPutMetrics")]
    [InlineData(
        "sagemaker",
        "POST",
        "/endpoints/e/invocations-response-stream",
        "sagemaker-runtime InvokeEndpointWithResponseStream"
    )]
    public async Task In_REST_and_JSON(string scope, string method, string target, string named)
    {
        var codes = new List<string>();
        var requests = new SignedRequests(cloud.Host)
        {
            Service = scope,
            Answered = answer => codes.Add(answer.Headers.GetValues("x-amzn-ErrorType").Single()),
        };
        var (status, body) = await requests.SendAsync(method, target, method == "GET" ? "" : "{}");
        status.ShouldBe(HttpStatusCode.NotImplemented);
        body.ShouldBe($$"""{"message":"{{Message(named)}}"}""");
        codes.ShouldBe(["NotImplemented"]);
    }

    [Theory]
    [InlineData("route53", "/2013-04-01/hostedzone", "route53 GET /2013-04-01/hostedzone")]
    [InlineData("s3", "/v20180820/accesspoint", "s3control GET /v20180820/accesspoint")]
    public async Task In_REST_and_XML(string scope, string target, string named)
    {
        var (status, body) = await new SignedRequests(cloud.Host) { Service = scope }.SendAsync(
            "GET",
            target,
            headers: new() { ["x-amz-account-id"] = "000000000000" }
        );
        status.ShouldBe(HttpStatusCode.NotImplemented);
        body.ShouldContain("<Code>NotImplemented</Code>");
        body.ShouldContain(Message(named));
    }

    [Fact]
    public async Task In_CBOR()
    {
        var (status, body) = await new SignedRequests(cloud.Host) { Service = "aco-automation" }.SendAsync(
            "POST",
            "/service/ComputeOptimizerAutomationService/operation/ListAutomationRules",
            headers: new() { ["smithy-protocol"] = "rpc-v2-cbor", ["Content-Type"] = "application/cbor" }
        );
        status.ShouldBe(HttpStatusCode.NotImplemented);
        body.ShouldContain(Message("aco-automation ListAutomationRules"));
        body.ShouldContain("NotImplemented");
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_before_that()
    {
        var keys = SignedRequests.Of(cloud.Host.Keys) with { SecretAccessKey = "wrong" };
        var requests = new SignedRequests(cloud.Host) { Service = "lambda", Keys = keys };
        var (status, body) = await requests.SendAsync("GET", "/2015-03-31/functions");
        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("The request signature we calculated does not match");
    }

    private static string Message(string named) => $"Plumbline's local cloud does not implement {named}.";
}
