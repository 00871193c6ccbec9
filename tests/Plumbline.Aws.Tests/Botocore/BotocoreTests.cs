using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Aws.Tests.Protocols;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Botocore;

/// <summary>Tests every operation in every protocol against AWS's own Python client.</summary>
public sealed class BotocoreTests
{
    // botocore reads this output outside its parser.
    private static readonly string[] Unparsed = ["GetBucketLocation"];

    [PythonFact("botocore")]
    public async Task Our_server_reads_what_botocore_sends_and_our_client_sends_the_same()
    {
        using var peer = new BotocorePeer();
        var maker = new TreeMaker(Seeds.Random(1)) { Milliseconds = false, SpecialNumbers = false };
        var checkedCount = 0;
        foreach (var (codec, protocol, operation) in Operations())
        {
            var input = maker.Input(operation);
            var theirs = await peer.AskAsync(Question("serialize", operation, protocol, ("params", input.DeepClone())));
            var request = new WireRequest(
                theirs.Text("method")!,
                theirs.Text("path")!,
                theirs.Text("query")!,
                Headers(theirs),
                Convert.FromBase64String(theirs.Text("body")!)
            );
            var place = $"{protocol} {operation.Service.Id} {operation.Name}";

            codec.OperationName(request).ShouldBe(operation.Name, place);
            Trees.Canonical(codec.ReadRequest(operation, request)).ShouldBe(Trees.Canonical(input), place);

            var ours = codec.WriteRequest(operation, input);
            ours.Method.ShouldBe(request.Method, place);
            ours.Path.ShouldBe(request.Path, place);
            Trees.Canonical(codec.ReadRequest(operation, ours)).ShouldBe(Trees.Canonical(input), place);
            checkedCount++;
        }

        checkedCount.ShouldBeGreaterThan(200);
    }

    [PythonFact("botocore")]
    public async Task Botocore_reads_what_our_server_answers()
    {
        using var peer = new BotocorePeer();
        var maker = new TreeMaker(Seeds.Random(2));
        foreach (
            var (codec, protocol, operation) in Operations().Where(item => !Unparsed.Contains(item.Operation.Name))
        )
        {
            var output = maker.Output(operation);
            var answer = codec.WriteResponse(operation, output, "request-1");
            var parsed = await peer.AskAsync(Parse(operation, protocol, answer));

            var result = parsed.Object("result")!;
            foreach (var (name, shape) in operation.Output?.Members ?? new Dictionary<string, Shape>())
            {
                // Our trees do not hold streams; without headers, botocore has an empty map and we have none.
                if (shape.Streaming || (shape.Location == "headers" && result[name] is JsonObject { Count: 0 }))
                {
                    result.Remove(name);
                }
            }

            Trees
                .Canonical(result)
                .ShouldBe(Trees.Canonical(output), $"{protocol} {operation.Service.Id} {operation.Name}");
            if (protocol != "smithy-rpc-v2-cbor" || operation.Output is not null) // it looks at no empty CBOR answer
            {
                parsed.Text("requestId").ShouldBe("request-1", $"{protocol} {operation.Name}");
            }
        }
    }

    [PythonFact("botocore")]
    public async Task Botocore_reads_our_errors()
    {
        using var peer = new BotocorePeer();
        foreach (var (codec, protocol, operation) in Operations().Where(item => item.Operation.HttpMethod != "HEAD"))
        {
            var declared = operation.Errors.Select(shape => (shape.Error!.Code, shape.Error.HttpStatus));
            foreach (var (code, status) in declared.Append(("ValidationException", 400)))
            {
                var error = new AwsException(code, status, "No such <thing> & more");
                var answer = codec.WriteError(operation, error, "request-1");
                var parsed = await peer.AskAsync(Parse(operation, protocol, answer));
                parsed.Text("code").ShouldBe(code, $"{protocol} {operation.Name}");
                parsed.Text("message").ShouldBe(error.Message);
                codec.ReadError(answer).Code.ShouldBe(code);
            }
        }
    }

    [PythonFact("botocore")]
    public async Task Botocore_signs_as_we_do()
    {
        using var peer = new BotocorePeer();
        var time = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        foreach (var service in (string[])["s3", "sagemaker", "monitoring"])
        {
            foreach (var path in (string[])["/", "/a/b%20c/%E4%B8%AD~-._", "/bucket/key//with/../dots/./x", "/a%2Fb/"])
            {
                foreach (var query in (string[])["", "b=2&a=1&a=0&empty=", "list-type=2&prefix=a%2Fb%20c"])
                {
                    foreach (var token in (string?[])[null, "token/with+signs=="])
                    {
                        await CheckSignatureAsync(peer, service, path, query, token, time);
                    }
                }
            }
        }
    }

    private static async Task CheckSignatureAsync(
        BotocorePeer peer,
        string service,
        string path,
        string query,
        string? token,
        DateTimeOffset time
    )
    {
        var body = "{\"a\": 1}"u8.ToArray();
        var url = $"http://localhost:4570{path}{(query.Length > 0 ? "?" : "")}{query}";
        var theirs = await peer.AskAsync(
            new JsonObject
            {
                ["do"] = "sign",
                ["service"] = service,
                ["region"] = "eu-central-1",
                ["time"] = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", null),
                ["method"] = "POST",
                ["url"] = url,
                ["headers"] = new JsonObject { ["X-Amz-Target"] = "SageMaker.X", ["X-Custom"] = "  two   words " },
                ["body"] = Convert.ToBase64String(body),
                ["key"] = "AKIDEXAMPLE",
                ["secret"] = "secret",
                ["token"] = token,
            }
        );
        var headers = Headers(theirs);
        headers["Host"] = "localhost:4570";
        var expected = headers.Authorization.ToString();
        var request = new WireRequest("POST", path, query, headers, body);
        var credentials = new SigningCredentials("AKIDEXAMPLE", "secret", token);

        SigV4Authorization.Read(query, headers, out var authorization).ShouldBe(SignatureVerdict.Valid);
        new SigV4Verifier(new FakeTimeProvider(time))
            .Verify(authorization!, request, credentials)
            .ShouldBe(SignatureVerdict.Valid, url);

        headers.Remove("Authorization");
        var signer = new SigV4Signer("eu-central-1", service);
        signer.Sign(request, credentials, time, service == "s3" ? headers[PayloadHash.Header].ToString() : null);
        headers.Authorization.ToString().ShouldBe(expected, url);
    }

    private static IEnumerable<(Codec Codec, string Protocol, Operation Operation)> Operations() =>
        from id in ServiceModel.Ids
        let model = ServiceModel.For(id)
        from protocol in model.Protocols
        from operation in model.Operations.Values
        select (CodecTable.For(model, protocol), protocol, operation);

    private static JsonObject Question(
        string what,
        Operation operation,
        string protocol,
        params ReadOnlySpan<(string Name, JsonNode? Value)> more
    )
    {
        var question = new JsonObject
        {
            ["do"] = what,
            ["service"] = BotocorePeer.Name(operation.Service),
            ["protocol"] = protocol,
            ["operation"] = operation.Name,
        };
        foreach (var (name, value) in more)
        {
            question[name] = value;
        }

        return question;
    }

    private static JsonObject Parse(Operation operation, string protocol, WireResponse answer)
    {
        var headers = new JsonObject();
        foreach (var (name, values) in answer.Headers)
        {
            headers[name] = values.ToString();
        }

        return Question(
            "parse",
            operation,
            protocol,
            ("status", answer.Status),
            ("headers", headers),
            ("body", Convert.ToBase64String(answer.Body.Span))
        );
    }

    private static IHeaderDictionary Headers(JsonObject message)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in message.Object("headers") ?? [])
        {
            headers[name] = (string?)value;
        }

        return headers;
    }
}
