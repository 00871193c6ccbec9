using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>One case of the Smithy protocol tests, with a service model made from its shapes.</summary>
internal sealed class ProtocolCase
{
    private static readonly ConcurrentDictionary<
        (string Direction, string File),
        Lazy<List<(JsonObject, JsonObject)>>
    > Files = new();

    private ProtocolCase(JsonObject suite, JsonObject @case)
    {
        Json = @case;
        Id = (string)@case["id"]!;
        var given = @case["given"]!;
        var model = new JsonObject
        {
            ["metadata"] = suite["metadata"]!.DeepClone(),
            ["operations"] = new JsonObject { [(string)given["name"]!] = given.DeepClone() },
            ["shapes"] = suite["shapes"]?.DeepClone() ?? new JsonObject(),
        };
        model["metadata"]!["endpointPrefix"] ??= "service";
        if ((string)suite["metadata"]!["protocol"]! == "query")
        {
            model["metadata"]!["xmlNamespace"] = "https://example.com/"; // the suite's service, which the files left out
        }

        var service = ServiceModel.Parse("service", JsonSerializer.SerializeToElement(model));
        Operation = service.Operations.Values.Single();
        BasePath = suite.Text("clientEndpoint") is { } endpoint ? new Uri(endpoint).AbsolutePath.TrimEnd('/') : "";
        Codec = CodecTable.For(service, (string)suite["metadata"]!["protocol"]!);
    }

    public string Id { get; }

    public JsonObject Json { get; }

    public Operation Operation { get; }

    public Codec Codec { get; }

    public bool IsCbor => Operation.Service.Protocols.Contains("smithy-rpc-v2-cbor");

    /// <summary>The path of the client's endpoint, which comes before the request's path.</summary>
    public string BasePath { get; }

    private static readonly string[] Protocols =
    [
        "json",
        "json_1_0",
        "rest-json",
        "rest-xml",
        "query",
        "smithy-rpc-v2-cbor",
        "smithy-rpc-v2-cbor-query-compatible",
        "smithy-rpc-v2-cbor-non-query-compatible",
    ];

    /// <summary>The cases of all files as theory data: file and id.</summary>
    public static TheoryData<string, string> All(string direction)
    {
        var data = new TheoryData<string, string>();
        foreach (var file in SharedData.Folder is null ? [] : Protocols)
        {
            foreach (var (_, item) in Read(direction, file))
            {
                data.Add(file, item.Text("id")!);
            }
        }

        return data;
    }

    public static ProtocolCase Find(string direction, string file, string id)
    {
        var (suite, item) = Read(direction, file).Single(found => found.Case.Text("id") == id);
        return new ProtocolCase(suite, item);
    }

    private static List<(JsonObject Suite, JsonObject Case)> Read(string direction, string file) =>
        Files.GetOrAdd((direction, file), static key => new(() => Load(key.Direction, key.File))).Value;

    private static List<(JsonObject Suite, JsonObject Case)> Load(string direction, string file)
    {
        var suites = JsonNode.Parse(
            File.ReadAllText(SharedData.Path("conformance", "protocols", direction, file + ".json"))
        )!;
        return
        [
            .. suites
                .AsArray()
                .SelectMany(suite => suite!["cases"]!.AsArray().Select(item => (suite.AsObject(), item!.AsObject()))),
        ];
    }
}
