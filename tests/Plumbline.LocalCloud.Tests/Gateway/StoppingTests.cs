using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.Fuzzing;
using Plumbline.LocalCloud.Tests.SageMaker.Endpoints;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>A server that is told to stop answers all requests that it has received.</summary>
[Collection("processes")]
public sealed class StoppingTests
{
    private const string All = """
        {"EnableCapture":true,"InitialSamplingPercentage":100,"DestinationS3Uri":"s3://captures/stopped/",
         "CaptureOptions":[{"CaptureMode":"Input"},{"CaptureMode":"Output"}]}
        """;

    [Fact]
    public async Task Told_to_stop_under_load_a_process_answers_each_put_that_was_sent_and_does_no_other()
    {
        using var folder = new TemporaryFolder();
        RequestLoops loops;
        using (var cloud = await ChildCloud.StartAsync(folder.Path))
        {
            await new RequestSender(cloud.Endpoint, cloud.Keys).SendAsync(Put("/stopped", ""));
            loops = new RequestLoops(
                cloud.Endpoint,
                id => RawConnection.Head(cloud.Endpoint, cloud.Keys, "PUT", $"/stopped/{id}", "x") + "x"
            );
            var running = loops.RunAsync();
            await Eventually.Async(() => loops.IsUnderLoad);
            (await cloud.StopAsync()).ShouldBe(0);
            await running.InTimeAsync();
        }

        // A client could not tell whether such a request was carried out.
        loops.Unanswered.ShouldBeEmpty();
        await CheckAsync(folder.Path, [.. loops.Acknowledged.Select(id => $"/stopped/{id}")]);
    }

    [Fact]
    public async Task Stopped_under_load_each_invocation_is_answered_and_none_is_captured_without_an_answer()
    {
        var cloud = new EndpointCloud();
        await cloud.InitializeAsync();
        try
        {
            await cloud.ConfigureAsync("stopped", "yes", All);
            await cloud.CreateAsync("stopped", "stopped");
            var (endpoint, keys) = (cloud.Cloud.Host.Endpoint, SignedRequests.Of(cloud.Cloud.Host.Keys));
            var loops = new RequestLoops(
                endpoint,
                id =>
                    RawConnection.Head(
                        endpoint,
                        keys,
                        "POST",
                        "/endpoints/stopped/invocations",
                        "1",
                        "sagemaker",
                        ("X-Amzn-SageMaker-Inference-Id", id)
                    ) + "1"
            );
            var running = loops.RunAsync();
            await Eventually.Async(() => loops.IsUnderLoad);
            await cloud.RestartAsync();
            await running.InTimeAsync();

            loops.Unanswered.ShouldBeEmpty();
            var captured = await Eventually.Async(
                () => CapturedAsync(cloud),
                found => found.Count >= loops.Acknowledged.Count
            );
            captured.Order().ShouldBe(loops.Acknowledged.Order());
        }
        finally
        {
            await cloud.DisposeAsync();
        }
    }

    private static async Task<List<string>> CapturedAsync(EndpointCloud cloud)
    {
        using var s3 = cloud.S3;
        var ids = new List<string>();
        foreach (var one in (await s3.ListObjectsV2Async(new() { BucketName = "captures" })).S3Objects ?? [])
        {
            using var content = await s3.GetObjectAsync("captures", one.Key);
            using var reader = new StreamReader(content.ResponseStream);
            var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            ids.AddRange(lines.Select(line => (string)JsonNode.Parse(line)!["eventMetadata"]!["inferenceId"]!));
        }

        return ids;
    }

    /// <summary>Checks that exactly the acknowledged objects exist.</summary>
    private static async Task CheckAsync(string folder, IReadOnlyCollection<string> acknowledged)
    {
        using var cloud = await ChildCloud.StartAsync(folder);
        var sender = new RequestSender(cloud.Endpoint, cloud.Keys);
        var found = new HashSet<string>();
        var after = "";
        while (true)
        {
            var wire = new WireRequest(
                "GET",
                "/stopped",
                $"list-type=2&start-after={after}",
                new HeaderDictionary(),
                ReadOnlyMemory<byte>.Empty
            );
            var page = (
                await sender.SendAsync(new FuzzedRequest(ServiceModel.For("s3"), "ListObjectsV2", wire))
            )!.Value;
            var keys = System
                .Xml.Linq.XDocument.Parse(page.Body)
                .Descendants()
                .Where(element => element.Name.LocalName == "Key")
                .Select(element => element.Value)
                .ToList();
            if (keys.Count == 0)
            {
                break;
            }

            found.UnionWith(keys.Select(key => $"/stopped/{key}"));
            after = keys[^1];
        }

        found.Order().ShouldBe(acknowledged.Order());
    }

    private static FuzzedRequest Put(string path, string body) =>
        new(
            ServiceModel.For("s3"),
            "PutObject",
            new WireRequest("PUT", path, "", new HeaderDictionary(), Encoding.ASCII.GetBytes(body))
        );
}
