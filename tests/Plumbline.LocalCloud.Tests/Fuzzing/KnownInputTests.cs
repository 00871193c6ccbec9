using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Fuzzing;

/// <summary>
/// Requests that "the local cloud failed" once answered, one per operation; they are stored outside the repository.
/// </summary>
public sealed class KnownInputTests(KnownInputTests.PreparedCloud prepared)
    : IClassFixture<KnownInputTests.PreparedCloud>
{
    public static TheoryData<string> Keys() => [.. Lines().Select(line => (string)line["key"]!)];

    [GoldenTheory]
    [MemberData(nameof(Keys))]
    public async Task A_request_that_once_broke_its_operation_is_answered(string key)
    {
        var line = Lines().First(one => (string)one["key"]! == key);
        var headers = new HeaderDictionary();
        foreach (var (name, value) in line["headers"]!.AsObject())
        {
            headers[name] = (string)value!;
        }

        var service = key.Split('.')[0];
        var wire = new WireRequest(
            (string)line["method"]!,
            (string)line["path"]!,
            (string)line["query"]!,
            headers,
            Convert.FromBase64String((string)line["body64"]!)
        );
        var answer = await prepared.Sender.SendAsync(
            new FuzzedRequest(ServiceModel.For(service == "cloudwatch" ? "monitoring" : service), key, wire)
        );
        answer!.Value.Status.ShouldBeLessThan(500, answer.Value.Body);
    }

    private static IEnumerable<JsonObject> Lines() =>
        SharedData.Folder is null
            ? [new JsonObject { ["key"] = "none" }]
            : File.ReadLines(SharedData.Path("cases", "break", "fuzz-5xx.jsonl"))
                .Select(line => JsonNode.Parse(line)!.AsObject());

    public sealed class PreparedCloud : IAsyncLifetime
    {
        private readonly RunningCloud cloud = new();

        internal RequestSender Sender { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await cloud.InitializeAsync();
            Sender = new RequestSender(cloud.Host.Endpoint, Gateway.SignedRequests.Of(cloud.Host.Keys));
            using var connection = cloud.Connect();
            await StartingState.MakeAsync(connection, PutAsync);
        }

        public Task DisposeAsync() => cloud.DisposeAsync();

        private Task PutAsync(string method, string path, string body) =>
            Sender.SendAsync(
                new FuzzedRequest(
                    ServiceModel.For("s3"),
                    "PutObject",
                    new WireRequest(method, path, "", new HeaderDictionary(), System.Text.Encoding.UTF8.GetBytes(body))
                )
            );
    }
}
