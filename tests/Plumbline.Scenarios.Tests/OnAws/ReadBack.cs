using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>Calls a cloud through boto3, AWS's own client, and compares its answers with the sent values.</summary>
internal sealed class ReadBack(MotoServer moto)
{
    private const string Program = """
        import boto3, json, sys
        def plain(value):
            return value.read().decode() if hasattr(value, "read") else value.timestamp() if hasattr(value, "timestamp") else str(value)
        answers = []
        for call in json.load(sys.stdin):
            method = getattr(boto3.client(call["service"]), call["method"])
            answers.append(method(**call["parameters"]))
        print(json.dumps(answers, default=plain))
        """;

    private readonly List<(string Service, string Method, JsonObject Parameters, Action<JsonNode> Judge)> calls = [];

    /// <summary>Adds a call whose answer must have all wanted properties at <paramref name="at"/>.</summary>
    public void Add(string service, string method, JsonObject parameters, string at, JsonNode wanted) =>
        Add(
            service,
            method,
            parameters,
            answer =>
                Properties.ShouldBeThere(wanted, At(answer, at), $"{service}.{method} {parameters.ToJsonString()}")
        );

    /// <summary>Adds a call with a check of its answer.</summary>
    public void Add(string service, string method, JsonObject parameters, Action<JsonNode> judge) =>
        calls.Add((service, method, (JsonObject)parameters.DeepClone(), judge));

    /// <summary>Makes the added calls.</summary>
    /// <returns>The number of calls.</returns>
    public async Task<int> RunAsync()
    {
        var asked = JsonSerializer.Serialize(
            calls.Select(call => new
            {
                service = call.Service,
                method = call.Method,
                parameters = call.Parameters,
            })
        );
        var answered = (await Shell.RunAsync("python3", ["-c", Program], moto.Environment, input: asked)).Succeeded();
        foreach (var (call, answer) in calls.Zip(JsonNode.Parse(answered)!.AsArray()))
        {
            call.Judge(answer!);
        }

        return calls.Count;
    }

    private static JsonNode? At(JsonNode answer, string path)
    {
        JsonNode? node = answer;
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = int.TryParse(part, out var index) ? node![index] : node![part];
        }

        return node;
    }
}
