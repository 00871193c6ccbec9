using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>The client's half of the protocol tests: parameters to bytes, bytes to results.</summary>
public sealed class ClientProtocolTests
{
    public static TheoryData<string, string> Requests => ProtocolCase.All("input");
    public static TheoryData<string, string> Answers => ProtocolCase.All("output");

    [GoldenFact]
    public void The_protocol_suites_have_671_cases()
    {
        Requests.Count.ShouldBe(337);
        Answers.Count.ShouldBe(334);
    }

    [GoldenFact]
    public void Every_refused_case_is_one_of_the_suites()
    {
        string[] ids = [.. Requests.Concat(Answers).Select(row => (string)row[1])];
        var refused = Refused
            .Requests.Concat(Refused.AnswersRead)
            .Concat(Refused.RequestsRead)
            .Concat(Refused.Answers)
            .ToList();
        refused.ShouldAllBe(entry => ids.Contains(entry.Key) && entry.Value.Length > 0);
    }

    [GoldenTheory]
    [MemberData(nameof(Requests))]
    public void A_client_writes_the_request(string file, string id)
    {
        if (Refused.Requests.ContainsKey(id))
        {
            return;
        }

        var golden = ProtocolCase.Find("input", file, id);
        var input = (JsonObject)(Trees.FromGolden(golden.Json["params"], golden.Operation.Input) ?? new JsonObject());
        FillTokens(golden.Operation, input);

        var request = golden.Codec.WriteRequest(golden.Operation, input);

        var expected = golden.Json["serialized"]!.AsObject();
        request.Method.ShouldBe(expected.Text("method"));
        Uri(golden.BasePath + request.Path, request.Query).ShouldBe(Uri(expected.Text("uri")!));
        foreach (var (name, value) in expected.Object("headers") ?? [])
        {
            Bodies.HeaderText(request.Headers, name).ShouldBe((string)value!, name);
        }

        foreach (var name in expected.Texts("forbidHeaders"))
        {
            request.Headers.ShouldNotContainKey(name);
        }

        if (expected.Text("host") is { } host && golden.Operation.HostPrefix is not null)
        {
            host.ShouldStartWith(request.HostPrefix!);
        }

        if (expected.Text("body") is { } body)
        {
            var written = golden.Operation.StreamingInput is { } streaming
                ? Encoding.UTF8.GetBytes((string?)golden.Json["params"]![streaming] ?? "")
                : request.Body;
            Bodies.ShouldMean(written, Bodies.Bytes(golden, body), file);
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Answers))]
    public void A_client_reads_the_answer(string file, string id)
    {
        if (Refused.AnswersRead.ContainsKey(id))
        {
            return;
        }

        var golden = ProtocolCase.Find("output", file, id);
        var response = Bodies.Response(golden);
        if (golden.Json.ContainsKey("errorCode"))
        {
            var error = golden.Codec.ReadError(response);
            error.Code.ShouldBe(golden.Json.Text("errorCode"));
            error.Status.ShouldBe(response.Status);
            error.Message.ShouldBe(golden.Json.Text("errorMessage") ?? error.Message);
            return;
        }

        var output = golden.Codec.ReadResponse(golden.Operation, response);

        var expected = (JsonObject)(
            Trees.FromGolden(golden.Json["result"], golden.Operation.Output) ?? new JsonObject()
        );
        if (golden.Operation.StreamingOutput is { } streaming)
        {
            expected.Remove(streaming);
        }

        Trees.Canonical(output).ShouldBe(Trees.Canonical(expected));
    }

    private static void FillTokens(Operation operation, JsonObject input)
    {
        foreach (var (name, shape) in operation.Input?.Members ?? new Dictionary<string, Shape>())
        {
            if (shape.IdempotencyToken)
            {
                input[name] ??= "00000000-0000-4000-8000-000000000000"; // as AwsClient does, with a new one each time
            }
        }
    }

    private static string Uri(string path, string query) => Uri(query.Length > 0 ? $"{path}?{query}" : path);

    private static string Uri(string uri)
    {
        var parts = uri.Split('?', 2);
        var pairs = parts.Length < 2 ? [] : parts[1].Split('&').Select(pair => pair.EndsWith('=') ? pair[..^1] : pair);
        return parts[0] + "?" + string.Join('&', pairs.Order(StringComparer.Ordinal));
    }
}
