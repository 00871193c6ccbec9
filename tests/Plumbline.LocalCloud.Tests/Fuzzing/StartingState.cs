using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Models;

namespace Plumbline.LocalCloud.Tests.Fuzzing;

/// <summary>Makes one resource of most kinds, under few names, so that requests find something.</summary>
internal static class StartingState
{
    private const string Role = "arn:aws:iam::000000000000:role/a";
    private const string Account = "us-east-1:000000000000";

    /// <summary>Names, ARNs and ids of existing resources, and of some missing ones.</summary>
    public static readonly string[] Names =
    [
        "a",
        "b",
        "aa",
        "bkt",
        "bkt2",
        "k",
        "main",
        "default",
        "x/y",
        "AWS/SageMaker",
        Role,
        $"arn:aws:sagemaker:{Account}:model/a",
        $"arn:aws:sagemaker:{Account}:endpoint/a",
        $"arn:aws:sagemaker:{Account}:pipeline/a",
        $"arn:aws:sagemaker:{Account}:model-package-group/a",
        $"arn:aws:sagemaker:{Account}:model-package/a/1",
        $"arn:aws:sns:{Account}:a",
        $"arn:aws:cloudwatch:{Account}:alarm:a",
        $"arn:aws:events:{Account}:rule/a",
        $"arn:aws:events:{Account}:event-bus/default",
        $"arn:aws:logs:{Account}:log-group:a",
        $"arn:aws:codebuild:{Account}:project/aa",
        "s3://bkt/k",
        "ml.m5.large",
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}",
        "{\"Version\":\"2020-12-01\",\"Steps\":[]}",
        "{\"source\":[\"a\"]}",
        "{\"a\":1}",
        "rate(5 minutes)",
        "2026-01-01T00:00:00Z",
    ];

    private static readonly (string Service, string Operation, string Input)[] Calls =
    [
        (
            "iam",
            "CreateRole",
            """{"RoleName":"a","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}"}"""
        ),
        ("sns", "CreateTopic", """{"Name":"a"}"""),
        ("logs", "CreateLogGroup", """{"logGroupName":"a"}"""),
        ("logs", "CreateLogStream", """{"logGroupName":"a","logStreamName":"a"}"""),
        ("logs", "CreateLogGroup", """{"logGroupName":"lg"}"""),
        ("logs", "CreateLogStream", """{"logGroupName":"lg","logStreamName":"n3"}"""),
        ("codecommit", "CreateRepository", """{"repositoryName":"a"}"""),
        (
            "codecommit",
            "CreateCommit",
            """{"repositoryName":"a","branchName":"main","putFiles":[{"filePath":"a","fileContent":"YQ=="}]}"""
        ),
        ("codecommit", "CreateRepository", """{"repositoryName":"bkt"}"""),
        ("events", "PutRule", """{"Name":"a","EventPattern":"{\"source\":[\"none\"]}"}"""),
        (
            "monitoring",
            "PutMetricAlarm",
            """{"AlarmName":"a","MetricName":"a","Namespace":"a","Period":60,"EvaluationPeriods":1,"Threshold":1,"Statistic":"Sum","ComparisonOperator":"LessThanThreshold"}"""
        ),
        ("monitoring", "PutMetricData", """{"Namespace":"a","MetricData":[{"MetricName":"a","Value":1}]}"""),
        (
            "codebuild",
            "CreateProject",
            """
            {"name":"aa","source":{"type":"NO_SOURCE","buildspec":"version: 0.2"},"artifacts":{"type":"NO_ARTIFACTS"},"serviceRole":"arn:aws:iam::000000000000:role/a",
            "environment":{"type":"LINUX_CONTAINER","image":"a","computeType":"BUILD_GENERAL1_SMALL"}}
            """
        ),
        (
            "sagemaker",
            "CreateModel",
            """{"ModelName":"a","PrimaryContainer":{"Image":"a"},"ExecutionRoleArn":"arn:aws:iam::000000000000:role/a"}"""
        ),
        (
            "sagemaker",
            "CreateEndpointConfig",
            """
            {"EndpointConfigName":"a","ProductionVariants":[{"VariantName":"a","ModelName":"a","InitialInstanceCount":1,"InstanceType":"ml.m5.large"}]}
            """
        ),
        ("sagemaker", "CreateModelPackageGroup", """{"ModelPackageGroupName":"a"}"""),
        ("sagemaker", "CreateModelPackage", """{"ModelPackageGroupName":"a"}"""),
        (
            "sagemaker",
            "CreatePipeline",
            """{"PipelineName":"pipe","PipelineDefinition":"{\"Version\":\"2020-12-01\",\"Steps\":[{\"Name\":\"F\",\"Type\":\"Fail\",\"Arguments\":{\"ErrorMessage\":\"no\"}}]}","ClientRequestToken":"12345678901234567890123456789012","RoleArn":"arn:aws:iam::000000000000:role/a"}"""
        ),
    ];

    /// <summary>Valid inputs of an operation.</summary>
    public static IEnumerable<JsonObject> Inputs(Operation operation) =>
        Calls
            .Where(call => call.Operation == operation.Name && call.Service == operation.Service.Id)
            .Select(call => JsonNode.Parse(call.Input)!.AsObject());

    public static async Task MakeAsync(AwsConnection connection, Func<string, string, string, Task> putAsync)
    {
        foreach (var (service, operation, input) in Calls)
        {
            var client = new AnyClient(connection, service);
            await client.CallAsync(operation, JsonNode.Parse(input)!.AsObject());
        }

        await putAsync("PUT", "/bkt", "");
        await putAsync("PUT", "/bkt2", "");
        await putAsync("PUT", "/bkt/k", "content");
        await putAsync("PUT", "/bkt/../x", "content");
    }

    private sealed class AnyClient(AwsConnection connection, string service) : AwsClient(connection, service);
}
