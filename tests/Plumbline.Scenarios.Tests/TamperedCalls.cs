using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// Calls in the form of the recording proxy, each with the expected message of the checker; null for a correct call.
/// </summary>
internal static class TamperedCalls
{
    private const string Versions = """{"ModelPackageGroupName":"moons","MaxResults":10}""";

    private const string VersionsAnswer = """
        {"ModelPackageSummaryList":[{"ModelPackageArn":"arn:aws:sagemaker:eu-central-1:000000000000:model-package/moons/1",
        "ModelPackageGroupName":"moons","ModelPackageVersion":1,"CreationTime":1.7e9,"ModelPackageStatus":"Completed"}]}
        """;

    private const string Page = """
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>moons</Name><Prefix/><KeyCount>1</KeyCount>
        <MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>1</Size>
        <LastModified>2030-01-02T03:04:05.000Z</LastModified></Contents></ListBucketResult>
        """;

    private const string Published = """
        <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId>
        </PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>
        """;

    private const string Publish = "Action=Publish&Version=2010-03-31&TopicArn=arn%3At&Message=hello";

    public static IEnumerable<(JsonObject Call, string? Finding)> All =>
        [
            (SageMaker(Versions, VersionsAnswer), null),
            (SageMaker(With(Versions, "10", "\"ten\""), VersionsAnswer), "Invalid type for parameter MaxResults"),
            (SageMaker(With(Versions, "10", "true"), VersionsAnswer), "input.MaxResults is a boolean"),
            (SageMaker(With(Versions, "10", "0"), VersionsAnswer), "valid min value: 1"),
            (SageMaker(With(Versions, "10", "101"), VersionsAnswer), "input.MaxResults is 101, at most 100"),
            (
                SageMaker(With(Versions, "MaxResults", "Colour"), VersionsAnswer),
                "Unknown parameter in input: \"Colour\""
            ),
            (SageMaker(With(Versions, "moons", "mo_ons"), VersionsAnswer), "does not match"),
            (SageMaker(Versions, With(VersionsAnswer, "\"CreationTime\":1.7e9,", "")), "\"CreationTime\""),
            (SageMaker(Versions, With(VersionsAnswer, "1.7e9", "\"2030-01-02\"")), "not in the format unixTimestamp"),
            (SageMaker(Versions, With(VersionsAnswer, "Completed", "Done")), "'Done', none of Pending"),
            (SageMaker(Versions, With(VersionsAnswer, "Version\":1", "Version\":\"1\"")), "Invalid type"),
            (SageMaker(Versions, With(VersionsAnswer, "Version\"", "Edition\"")), "\"ModelPackageEdition\""),
            (SageMaker(Versions, """{"__type":"NoSuchThing","message":"No."}""", 400), "the error NoSuchThing"),
            (SageMaker(Versions, """{"__type":"ValidationException","message":"No."}""", 400), null),
            (SageMaker(Versions, VersionsAnswer, operation: "ListModelPackets"), "has no operation"),
            (S3("", Page), null),
            (S3("&max-keys=many", Page), "Invalid type for parameter MaxKeys"),
            (S3("&colour=red", Page), "\"colour (query)\""),
            (S3("", With(Page, "<Size>1", "<Size>one")), "botocore cannot parse it"),
            (S3("", With(Page, "<Prefix/>", "<Postfix/>")), "\"Postfix\""),
            (S3("", "<Error><Code>NoSuchLuck</Code><Message>No.</Message></Error>", 404), "the error NoSuchLuck"),
            (Sns(Publish, Published), null),
            (Sns(Publish + "&Colour=red", Published), "\"Colour\""),
            (Sns("Action=Publish&Version=2010-03-31&TopicArn=arn%3At", Published), "\"Message\""),
            (Sns(Publish, With(Published, "MessageId", "MassageId")), "\"MassageId\""),
            (Cbor("\u0018\u0064"), null), // 100
            (Cbor("\u0018\u0065"), "input.MaxRecords is 101, at most 100"),
            (Cbor("c100"), "Invalid type for parameter MaxRecords, value: 100"),
            (Invocation("X-Amzn-SageMaker-Inference-Id", "1"), null),
            (Invocation("X-Amzn-SageMaker-Inference-Id", " 1"), "does not match"),
            (Invocation("X-Amzn-SageMaker-Colour", "red"), "\"X-Amzn-SageMaker-Colour (header)\""),
            (Invocation("Authorization", ""), "is not signed"),
            (LeftOut(SageMaker(Versions, VersionsAnswer)), "larger than what the recorder keeps"),
            (LeftOut(Invocation("Accept", "text/csv")), null),
        ];

    private static JsonObject SageMaker(
        string input,
        string output,
        int status = 200,
        string operation = "ListModelPackages"
    )
    {
        var call = Call("POST", "/", "sagemaker", input, output, "application/x-amz-json-1.1", status);
        call["requestHeaders"]!["X-Amz-Target"] = $"SageMaker.{operation}";
        return call;
    }

    private static JsonObject S3(string query, string output, int status = 200) =>
        Call("GET", $"/moons?list-type=2{query}", "s3", "", output, "application/xml", status);

    private static JsonObject Sns(string input, string output) =>
        Call("POST", "/", "sns", input, output, "text/xml", 200);

    /// <summary>
    /// A CloudWatch call in CBOR: a map with one member of the given value; each character is a byte.
    /// </summary>
    private static JsonObject Cbor(string maxRecords)
    {
        const string Path = "/service/GraniteServiceVersion20100801/operation/DescribeAlarms";
        var input = $"\u00a1jMaxRecords{maxRecords}";
        var call = Call("POST", Path, "monitoring", input, "\u00a1lMetricAlarms\u0080", "application/cbor", 200);
        call["requestHeaders"]!["smithy-protocol"] = "rpc-v2-cbor";
        call["responseHeaders"]!["smithy-protocol"] = "rpc-v2-cbor";
        return call;
    }

    private static JsonObject Invocation(string header, string value)
    {
        var call = Call("POST", "/endpoints/moons/invocations", "sagemaker", "1,2", "0", "text/csv", 200);
        call["requestHeaders"]![header] = value;
        return call;
    }

    private static JsonObject LeftOut(JsonObject call)
    {
        call["responseBody"] = null;
        return call;
    }

    private static JsonObject Call(
        string method,
        string address,
        string service,
        string input,
        string output,
        string type,
        int status
    ) =>
        new()
        {
            ["method"] = method,
            ["url"] = $"http://127.0.0.1:4570{address}",
            ["requestHeaders"] = new JsonObject
            {
                ["Authorization"] =
                    $"AWS4-HMAC-SHA256 Credential=AKID/20300102/eu-central-1/{service}/aws4_request, Signature=0",
                ["Content-Type"] = type,
            },
            ["requestBody"] = Convert.ToBase64String(Encoding.Latin1.GetBytes(input)),
            ["status"] = status,
            ["responseHeaders"] = new JsonObject { ["Content-Type"] = type, ["x-amzn-RequestId"] = "r" },
            ["responseBody"] = Convert.ToBase64String(Encoding.Latin1.GetBytes(output)),
        };

    /// <summary>Replaces a part of the text, which must be in it.</summary>
    private static string With(string text, string old, string changed) =>
        text.Contains(old, StringComparison.Ordinal)
            ? text.Replace(old, changed, StringComparison.Ordinal)
            : throw new ArgumentException($"{old} is not in {text}", nameof(old));
}
