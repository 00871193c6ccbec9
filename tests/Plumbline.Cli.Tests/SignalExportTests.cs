using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Client.Services;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>The export of signals from a real <c>plumb up</c>.</summary>
public sealed class SignalExportTests
{
    private const string Request = "http_server_request_duration_seconds_count";

    [Fact]
    public async Task A_request_reaches_the_collector_and_the_page_for_Prometheus()
    {
        using var folder = new TemporaryFolder();
        var received = new ConcurrentQueue<(string Path, string Body)>();
        await using var collector = await CollectorAsync(received);
        var port = FreePort();
        var variables = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "my-own-cloud",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        };
        await using var cloud = await CloudProcess.StartAsync(
            folder.At("data"),
            port: 0,
            variables,
            "--metrics-port",
            $"{port}"
        );

        await new StsClient(cloud.Connection).GetCallerIdentityAsync([]);

        using var http = new HttpClient(new LoopbackOnly());
        var page = await Eventually.Async(
            () => http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics")),
            text => text.Contains("GetCallerIdentity", StringComparison.Ordinal)
        );
        var line = page.Split('\n')
            .Where(text => text.StartsWith(Request, StringComparison.Ordinal))
            .Where(text => text.Contains("rpc_method=\"GetCallerIdentity\"", StringComparison.Ordinal))
            .ShouldHaveSingleItem();
        line.ShouldContain("http_response_status_code=\"200\"");
        line.ShouldEndWith(" 1");
        var traces = await Eventually.Async(
            () => Task.FromResult(received.Where(one => one.Path == "/v1/traces").ToList()),
            posts => posts.Any(one => one.Body.Contains("sts/GetCallerIdentity", StringComparison.Ordinal))
        );
        traces.ShouldAllBe(one => one.Body.Contains("my-own-cloud"));
        await Eventually.Async(() =>
            received.Any(one =>
                one.Path == "/v1/metrics" && one.Body.Contains("http.server.request.duration", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task Only_the_signal_with_an_address_is_sent()
    {
        using var folder = new TemporaryFolder();
        var received = new ConcurrentQueue<(string Path, string Body)>();
        await using var collector = await CollectorAsync(received);
        var variables = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = collector.Urls.Single() + "/own/path",
            ["OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        };
        await using var cloud = await CloudProcess.StartAsync(folder.At("data"), port: 0, variables);

        await new StsClient(cloud.Connection).GetCallerIdentityAsync([]);

        await Eventually.Async(() =>
            received.Any(one => one.Body.Contains("http.server.request.duration", StringComparison.Ordinal))
        );
        received.ShouldAllBe(one => one.Path == "/own/path");
    }

    [Fact]
    public async Task A_disabled_SDK_exports_nothing()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort();
        var variables = new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" };
        await using var cloud = await CloudProcess.StartAsync(
            folder.At("data"),
            port: 0,
            variables,
            "--metrics-port",
            $"{port}"
        );
        await cloud.ConsoleAsync();
        using var http = new HttpClient(new LoopbackOnly());

        await Should.ThrowAsync<HttpRequestException>(() =>
            http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"))
        );
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentQueue<(string Path, string Body)> received)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            // Texts in protobuf are plain UTF-8.
            received.Enqueue((context.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        await collector.StartAsync();
        return collector;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
