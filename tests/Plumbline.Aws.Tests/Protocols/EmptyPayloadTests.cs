using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>An empty text or blob is a value even if it is the whole body.</summary>
public sealed class EmptyPayloadTests
{
    private const string Model = """
        {"metadata":{"protocol":"PROTOCOL"},
         "operations":{"Put":{"name":"Put","http":{"method":"PUT","requestUri":"/"},"input":{"shape":"Free"},"output":{"shape":"Free"}}},
         "shapes":{"Free":{"type":"structure","payload":"Body","members":{"Body":{"shape":"Bytes"}}},"Bytes":{"type":"KIND"}}}
        """;

    private static readonly ServiceModel S3 = ServiceModel.For("s3");

    public static TheoryData<string, string> Kinds =>
        new()
        {
            { "rest-json", "string" },
            { "rest-json", "blob" },
            { "rest-xml", "string" },
            { "rest-xml", "blob" },
        };

    [Fact]
    public void A_policy_of_no_text_is_a_policy_that_was_sent()
    {
        var operation = S3.Operations["PutBucketPolicy"];
        var codec = CodecTable.For(S3);
        var input = new JsonObject { ["Bucket"] = "b", ["Policy"] = "" };
        Trees
            .Canonical(codec.ReadRequest(operation, codec.WriteRequest(operation, input)))
            .ShouldBe(Trees.Canonical(input));

        // botocore does not send a Content-Type here; that the member is required is enough.
        var bare = new WireRequest("PUT", "/b", "policy", new HeaderDictionary(), default);
        codec.ReadRequest(operation, bare).Text("Policy").ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Either_side_reads_what_the_other_wrote(string protocol, string kind)
    {
        var (codec, operation) = Of(protocol, kind);
        var tree = new JsonObject { ["Body"] = "" };
        Trees
            .Canonical(codec.ReadRequest(operation, codec.WriteRequest(operation, tree)))
            .ShouldBe(Trees.Canonical(tree));
        Trees
            .Canonical(codec.ReadResponse(operation, codec.WriteResponse(operation, tree, "request-1")))
            .ShouldBe(Trees.Canonical(tree));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_not_sent_is_not_there(string protocol, string kind)
    {
        var (codec, operation) = Of(protocol, kind);
        codec.ReadRequest(operation, codec.WriteRequest(operation, [])).ShouldBeEmpty();
        codec.ReadResponse(operation, codec.WriteResponse(operation, [], "request-1")).ShouldBeEmpty();
    }

    private static (Codec Codec, Operation Operation) Of(string protocol, string kind)
    {
        var text = Model
            .Replace("PROTOCOL", protocol, StringComparison.Ordinal)
            .Replace("KIND", kind, StringComparison.Ordinal);
        var model = ServiceModel.Parse(
            "free",
            System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(text)
        );
        return (CodecTable.For(model, protocol), model.Operations["Put"]);
    }
}
