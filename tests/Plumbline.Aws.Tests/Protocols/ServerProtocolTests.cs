using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>The server's half of the protocol tests: bytes to parameters, results to bytes.</summary>
public sealed class ServerProtocolTests
{
    public static TheoryData<string, string> Requests => ProtocolCase.All("input");
    public static TheoryData<string, string> Answers => ProtocolCase.All("output");

    [GoldenTheory]
    [MemberData(nameof(Requests))]
    public void A_server_reads_the_request(string file, string id)
    {
        if (Refused.RequestsRead.ContainsKey(id))
        {
            return;
        }

        var golden = ProtocolCase.Find("input", file, id);
        var request = Bodies.Request(golden);
        if (golden.Operation.Service.Protocols[0] != "json" || request.Headers.ContainsKey("X-Amz-Target"))
        {
            golden.Codec.OperationName(request).ShouldBe(golden.Operation.Name); // some files omit the target
        }

        var input = golden.Codec.ReadRequest(golden.Operation, request);

        var expected = (JsonObject)(
            Trees.FromGolden(golden.Json["params"], golden.Operation.Input) ?? new JsonObject()
        );
        foreach (var (name, shape) in golden.Operation.Input?.Members ?? new Dictionary<string, Shape>())
        {
            // Trees do not hold streams. A server's query map holds the whole query, a client's only the unnamed rest.
            if (name == golden.Operation.StreamingInput || shape is { Location: "querystring", Kind: ShapeKind.Map })
            {
                expected.Remove(name);
                input.Remove(name);
            }
        }

        Trees.Canonical(input).ShouldBe(Trees.Canonical(expected));
    }

    [GoldenTheory]
    [MemberData(nameof(Answers))]
    public void A_server_writes_the_answer(string file, string id)
    {
        if (Refused.Answers.ContainsKey(id))
        {
            return;
        }

        var golden = ProtocolCase.Find("output", file, id);
        var expected = Bodies.Response(golden);
        if (golden.Json.ContainsKey("errorCode"))
        {
            var error = Error(golden, golden.Codec.ReadError(expected));
            var answer = golden.Codec.WriteError(golden.Operation, error, "request-1");
            answer.Status.ShouldBe(expected.Status);
            Meaning(golden.Codec.ReadError(answer)).ShouldBe(Meaning(golden.Codec.ReadError(expected)));
            return;
        }

        var output = (JsonObject)(Trees.FromGolden(golden.Json["result"], golden.Operation.Output) ?? new JsonObject());
        var written = golden.Codec.WriteResponse(golden.Operation, output, RequestId(expected));

        written.Status.ShouldBe(expected.Status);
        foreach (var (name, value) in expected.Headers)
        {
            if (!Bodies.TransportHeaders.Contains(name) && !(name == "Content-Type" && written.Body.IsEmpty))
            {
                Bodies.HeaderText(written.Headers, name).ShouldBe(Bodies.HeaderText(expected.Headers, name), name);
            }
        }

        if (golden.Operation.StreamingOutput is null)
        {
            Bodies.ShouldMean(written.Body, expected.Body, file);
        }
    }

    private static AwsException Error(ProtocolCase golden, AwsException expected) =>
        new(golden.Json.Text("errorCode")!, expected.Status, golden.Json.Text("errorMessage") ?? expected.Message)
        {
            Members = golden.Json.Object("error")?.DeepClone().AsObject(),
        };

    private static string RequestId(WireResponse expected) =>
        expected.Headers.TryGetValue("x-amzn-requestid", out var id) ? id.ToString() : "request-1";

    /// <summary>The part of an error that a client uses; the spellings of codes and wrappers may differ.</summary>
    private static string Meaning(AwsException error)
    {
        var members = error.Members?.DeepClone().AsObject() ?? [];
        foreach (var name in (string[])["__type", "code", "Code", "Type", "RequestId", "HostId", "message", "Message"])
        {
            members.Remove(name);
        }

        return $"{error.Status} {error.Code} '{error.Message}' {Trees.Canonical(members)}";
    }
}
