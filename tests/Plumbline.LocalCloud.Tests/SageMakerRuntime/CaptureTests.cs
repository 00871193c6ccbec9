using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Endpoints;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.Connections;

namespace Plumbline.LocalCloud.Tests.SageMakerRuntime;

[Collection("processes")]
public sealed class CaptureTests : IAsyncLifetime
{
    private const string All = """
        {"EnableCapture":true,"InitialSamplingPercentage":100,"DestinationS3Uri":"s3://captures/digits/",
         "CaptureOptions":[{"CaptureMode":"Input"},{"CaptureMode":"Output"}],
         "CaptureContentTypeHeader":{"CsvContentTypes":["text/csv"],"JsonContentTypes":["application/json"]}}
        """;

    private readonly EndpointCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task Each_answer_is_captured_in_AWS_format_under_its_civil_hour()
    {
        await StartAsync(All);
        await AskAsync("1,2", "text/csv", "id-1");
        await AskAsync("{\"a\":\"ü\"}", "application/json", null);
        await AskAsync("bytes", "application/octet-stream", null);

        var (keys, lines) = await CapturedAsync(3);

        var moment = DateTimeOffset.UtcNow;
        keys.ShouldAllBe(key => key.StartsWith("digits/watched/AllTraffic/"));
        keys.ShouldAllBe(key => key.EndsWith(".jsonl"));
        keys[0]
            .Split('/')[3..7]
            .ShouldBe(
                [.. moment.ToString("yyyy MM dd HH", CultureInfo.InvariantCulture).Split(' ')],
                "the test ran over the hour"
            );
        var captured = lines[0];
        Text(captured, "captureData", "endpointInput")
            .ShouldBe("""{"observedContentType":"text/csv","mode":"INPUT","data":"1,2","encoding":"CSV"}""");
        Text(captured, "captureData", "endpointOutput")
            .ShouldBe(
                """{"observedContentType":"text/csv; charset=utf-8","mode":"OUTPUT","data":"watched","encoding":"CSV"}"""
            );
        var metadata = captured.Object("eventMetadata")!;
        metadata.Text("inferenceId").ShouldBe("id-1");
        Guid.Parse(metadata.Text("eventId")!).ShouldNotBe(Guid.Empty);
        DateTimeOffset
            .ParseExact(metadata.Text("inferenceTime")!, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            .ShouldBe(moment, TimeSpan.FromMinutes(2));
        captured.Text("eventVersion").ShouldBe("0");

        lines[1].Object("eventMetadata")!.ContainsKey("inferenceId").ShouldBeFalse();
        lines[1].Object("captureData")!.Object("endpointInput")!.Text("data").ShouldBe("{\"a\":\"ü\"}");
        var binary = lines[2].Object("captureData")!.Object("endpointInput")!;
        binary.Text("encoding").ShouldBe("BASE64");
        Convert.FromBase64String(binary.Text("data")!).ShouldBe("bytes"u8.ToArray());
        lines.Select(line => line.Object("eventMetadata")!.Text("eventId")).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Civil_time_decides_the_hour()
    {
        await StartAsync(All);
        await AskAsync("1", "text/csv", "before");
        await cloud.AdvanceAsync(TimeSpan.FromHours(30));
        await AskAsync("1", "text/csv", "after");

        var (keys, lines) = await CapturedAsync(2);

        keys.Count.ShouldBe(2);
        var hours = keys.Select(key =>
                DateTime.ParseExact(
                    string.Join('/', key.Split('/')[3..7]),
                    "yyyy/MM/dd/HH",
                    CultureInfo.InvariantCulture
                )
            )
            .ToList();
        (hours[1] - hours[0]).TotalHours.ShouldBeInRange(30, 31);
        lines.Select(line => line.Object("eventMetadata")!.Text("inferenceId")).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task What_a_kill_left_behind_is_stored_once_by_the_next_start()
    {
        await StartAsync(All);
        await AskAsync("1", "text/csv", "whole");
        await CapturedAsync(1);
        const string Key = "digits/watched/AllTraffic/2026/01/02/03/04-05-006-left.jsonl";
        var folder = Path.Combine(cloud.Cloud.DataFolder, "captures");
        await File.WriteAllTextAsync(Path.Combine(folder, "left.jsonl"), "{\"eventVersion\":\"0\"}\n{\"torn");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "left.jsonl.target"),
            $$"""{"Bucket":"captures","Key":"{{Key}}","RoleArn":null}"""
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "unsaid.jsonl.target"), "{\"Buck");

        await cloud.RestartAsync();

        await CapturedAsync(2);
        using var s3 = cloud.S3;
        using var stored = await s3.GetObjectAsync("captures", Key);
        using var reader = new StreamReader(stored.ResponseStream);
        (await reader.ReadToEndAsync()).ShouldBe("{\"eventVersion\":\"0\"}\n");
        await Eventually.Async(() => !Directory.EnumerateFiles(folder).Any());
    }

    [Fact]
    public async Task No_answered_request_is_missing_after_a_restart()
    {
        await StartAsync(All);
        for (var number = 0; number < 20; number++)
        {
            await AskAsync("1", "text/csv", $"n{number}");
        }

        await cloud.RestartAsync();
        await AskAsync("1", "text/csv", "n20");

        var (_, lines) = await CapturedAsync(21);
        lines
            .Select(line => line.Object("eventMetadata")!.Text("inferenceId"))
            .Order()
            .ShouldBe(Enumerable.Range(0, 21).Select(number => $"n{number}").Order());
    }

    [Fact]
    public async Task What_is_not_asked_for_is_not_captured()
    {
        await StartAsync(
            """
            {"EnableCapture":true,"InitialSamplingPercentage":50,"DestinationS3Uri":"s3://captures",
             "CaptureOptions":[{"CaptureMode":"Input"}],"CaptureContentTypeHeader":{"CsvContentTypes":["text/csv"]}}
            """
        );
        for (var number = 0; number < 60; number++)
        {
            await AskAsync("1", "text/csv", null);
        }

        var (_, lines) = await CapturedAsync(10);

        lines.Count.ShouldBeInRange(10, 50);
        lines.ShouldAllBe(line => !line.Object("captureData")!.ContainsKey("endpointOutput"));
    }

    private static string Text(JsonObject line, params string[] path) =>
        path.Aggregate(line, (tree, name) => tree.Object(name)!).ToJsonString(Relaxed);

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private async Task StartAsync(string capture)
    {
        await cloud.ConfigureAsync("watched-1", "watched", capture);
        await cloud.CreateAsync("watched", "watched-1");
    }

    private Task AskAsync(string body, string contentType, string? inferenceId) =>
        cloud.Runtime.InvokeEndpointAsync(
            new InferenceRequest("watched", System.Text.Encoding.UTF8.GetBytes(body), contentType)
            {
                InferenceId = inferenceId,
            }
        );

    /// <summary>Waits for this many captured lines; returns the keys and lines in S3.</summary>
    private Task<(List<string> Keys, List<JsonObject> Lines)> CapturedAsync(int count) =>
        Eventually.Async(ReadAsync, captured => captured.Lines.Count >= count);

    private async Task<(List<string> Keys, List<JsonObject> Lines)> ReadAsync()
    {
        using var s3 = cloud.S3;
        var keys = new List<string>();
        var lines = new List<JsonObject>();
        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "captures" });
        foreach (var entry in listed.S3Objects ?? [])
        {
            keys.Add(entry.Key);
            using var stored = await s3.GetObjectAsync("captures", entry.Key);
            using var reader = new StreamReader(stored.ResponseStream);
            while (await reader.ReadLineAsync() is { } line)
            {
                lines.Add(Json(line));
            }
        }

        return (keys, lines);
    }
}
