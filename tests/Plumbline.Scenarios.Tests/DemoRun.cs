using System.Text.Json.Nodes;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>One run of the demo for all tests that look at it, made by the first; it takes a minute.</summary>
public sealed class DemoRun : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<Task> run;
    private RecordingProxy? proxy;

    /// <summary>Runs nothing yet.</summary>
    public DemoRun() => run = new Lazy<Task>(RunAsync);

    /// <summary>What went over the wire.</summary>
    public IReadOnlyList<RecordedCall> Calls => proxy!.Calls;

    /// <summary>The same in full, as <see cref="WireChecker"/> reads it.</summary>
    public string CallsFile => folder.At("calls.jsonl");

    /// <summary>What each role asked for, a JSON object a line.</summary>
    public string AccessFile => folder.At("access.jsonl");

    /// <summary>What the demo left: its project and its cloud.</summary>
    public string Kept => Directory.GetDirectories(folder.Path, "plumbline-demo-*").Single();

    /// <summary>What the demo reported, at the end of a run that succeeded.</summary>
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
            // Builds and jobs go through it too, and have to reach it.
            ["PLUMBLINE_PASS_VARIABLES"] = "http_proxy",
            ["PLUMBLINE_INTERNET"] = "everyone",
            ["PLUMBLINE_ACCESS_LOG"] = AccessFile,
            ["TMPDIR"] = folder.Path,
        };
        string[] arguments = ["demo", "--keep", "--report", folder.At("report.json")];
        (await Shell.RunAsync(Plumb.Program, arguments, environment, folder.Path)).Succeeded();
    }
}
