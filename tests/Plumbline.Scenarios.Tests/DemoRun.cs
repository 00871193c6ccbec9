using System.Text.Json.Nodes;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// One run of the demo, shared by all tests that read its results; the first of them starts it. It takes a minute.
/// </summary>
public sealed class DemoRun : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<Task> run;
    private RecordingProxy? proxy;

    public DemoRun() => run = new Lazy<Task>(RunAsync);

    /// <summary>The calls over the wire.</summary>
    public IReadOnlyList<RecordedCall> Calls => proxy!.Calls;

    /// <summary>The complete calls, for <see cref="WireChecker"/>.</summary>
    public string CallsFile => folder.At("calls.jsonl");

    /// <summary>The permissions that each role used, one JSON object per line.</summary>
    public string AccessFile => folder.At("access.jsonl");

    /// <summary>The project and the cloud of the demo.</summary>
    public string Kept => Directory.GetDirectories(folder.Path, "plumbline-demo-*").Single();

    /// <summary>The report of a successful demo run.</summary>
    public async Task<JsonNode> ReportAsync()
    {
        await run.Value;
        return JsonNode.Parse(await File.ReadAllTextAsync(folder.At("report.json")))!;
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (proxy is not null)
        {
            await proxy.DisposeAsync();
        }

        folder.Dispose();
    }

    private async Task RunAsync()
    {
        proxy = await RecordingProxy.StartAsync(CallsFile);
        var environment = new Dictionary<string, string>
        {
            ["http_proxy"] = proxy.Url,
            // Builds and jobs use the proxy too, and must be able to reach it.
            ["PLUMBLINE_PASS_VARIABLES"] = "http_proxy",
            ["PLUMBLINE_INTERNET"] = "everyone",
            ["PLUMBLINE_ACCESS_LOG"] = AccessFile,
            ["TMPDIR"] = folder.Path,
        };
        string[] arguments = ["demo", "--keep", "--report", folder.At("report.json")];
        (await Shell.RunAsync(Plumb.Program, arguments, environment, folder.Path)).Succeeded();
    }
}
