using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>Requests that do not fit their shape, with the error of each protocol.</summary>
public sealed class MalformedRequestTests
{
    [Theory]
    [InlineData("{", "The body is not well-formed JSON")]
    [InlineData("[]", "Start of list found where not expected")]
    [InlineData("{\"EndpointName\": 7}", "NUMBER_VALUE can not be converted to a String")]
    [InlineData("{\"EndpointName\": {}}", "Start of structure or map found where not expected.")]
    [InlineData("{\"EndpointName\": true}", "TRUE_VALUE can not be converted to a String")]
    public void JSON_of_another_kind_is_a_serialization_error(string body, string message)
    {
        var error = Should.Throw<AwsException>(() => Read("sagemaker", "DescribeEndpoint", body));
        (error.Code, error.Status, error.Message).ShouldBe(("SerializationException", 400, message));
    }

    [Fact]
    public void Null_is_absent_and_the_unknown_is_left_out() =>
        Read("sagemaker", "ListEndpoints", """{"NameContains": null, "MaxResults": 5.0, "Unknown": {"a": [1]}}""")
            .ToJsonString()
            .ShouldBe("""{"MaxResults":5}""");

    [Fact]
    public void A_fraction_is_no_integer() =>
        Should
            .Throw<AwsException>(() => Read("sagemaker", "ListEndpoints", """{"MaxResults": 5.5}"""))
            .Code.ShouldBe("SerializationException");

    [Fact]
    public void A_document_that_nests_deeper_than_any_request_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 300)) + "1" + new string('}', 300);
        Should
            .Throw<AwsException>(() => Read("sagemaker", "ListEndpoints", $$"""{"Unknown": {{deep}}}"""))
            .Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("<Delete><Object><Key>a</Key>")]
    [InlineData("not xml")]
    [InlineData(
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Delete><Object><Key>&e;</Key></Object></Delete>"
    )]
    [InlineData("<Delete><Quiet>perhaps</Quiet></Delete>")]
    public void XML_that_is_malformed_is_refused(string body) =>
        Should
            .Throw<AwsException>(() => Read("s3", "DeleteObjects", body, "/bucket", "delete"))
            .Code.ShouldBe("MalformedXML");

    [Fact]
    public void A_number_in_a_query_that_is_none_is_an_invalid_argument() =>
        Should
            .Throw<AwsException>(() => Read("s3", "ListObjectsV2", "", "/bucket", "list-type=2&max-keys=many", "GET"))
            .Code.ShouldBe("InvalidArgument");

    [Fact]
    public void A_form_with_a_bad_number_is_malformed_input() =>
        Should
            .Throw<AwsException>(() => Read("sts", "AssumeRole", "Action=AssumeRole&DurationSeconds=long"))
            .Code.ShouldBe("MalformedInput");

    [Fact]
    public void A_compressed_request_is_read()
    {
        var model = ServiceModel.For("monitoring");
        var operation = model.Operations["PutMetricData"];
        foreach (var protocol in model.Protocols)
        {
            var codec = CodecTable.For(model, protocol);
            var input = new TreeMaker(Seeds.Random(3)).Input(operation);
            var request = codec.WriteRequest(operation, input);
            request.Headers.ContentEncoding = "gzip";
            request = request with { Body = Compressed(request.Body.Span) };
            codec.OperationName(request).ShouldBe("PutMetricData");
            Trees.Canonical(codec.ReadRequest(operation, request)).ShouldBe(Trees.Canonical(input));
        }
    }

    [Fact]
    public void A_small_body_that_unpacks_to_a_huge_one_is_refused()
    {
        var model = ServiceModel.For("monitoring");
        IHeaderDictionary headers = new HeaderDictionary
        {
            ["X-Amz-Target"] = "X.PutMetricData",
            ["Content-Encoding"] = "gzip",
        };
        var request = new WireRequest("POST", "/", "", headers, Compressed(new byte[20_000_000]));
        Should
            .Throw<AwsException>(() =>
                CodecTable.For(model, "json").ReadRequest(model.Operations["PutMetricData"], request)
            )
            .Status.ShouldBe(413);
    }

    private static byte[] Compressed(ReadOnlySpan<byte> plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private static JsonObject Read(
        string service,
        string operation,
        string body,
        string path = "/",
        string query = "",
        string method = "POST"
    )
    {
        var model = ServiceModel.For(service);
        var request = new WireRequest(method, path, query, new HeaderDictionary(), Encoding.UTF8.GetBytes(body));
        return CodecTable.For(model).ReadRequest(model.Operations[operation], request);
    }
}
