using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Bench.Captures;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Testing;

namespace Plumbline.Bench.Pages;

/// <summary>
/// The console's pages over a loop in production with a million captured predictions: first the index from nothing,
/// then each page a hundred times over HTTP.
/// </summary>
internal static class PagesBench
{
    private const int Calls = 100;
    private const double Bar = 300;
    private const string Password = "a million predictions";

    private static readonly Random Random = new(1);

    // Pages with a time limit come first.
    private static readonly (string What, bool HasBar, Func<string> Path)[] Pages =
    [
        ("Quality", true, () => "quality"),
        ("Review: the audit sample", true, () => "review"),
        ("Review: the uncertain ones", true, () => "review?list=uncertain"),
        ("Review: all, newest first", true, () => "review?list=newest"),
        ("... of a label, with a score under 0.4", true, () => $"review?list=newest&label={Random.Next(7)}&below=0.4"),
        ("... of a label that is never predicted", true, () => "review?list=newest&label=9"),
        ("... with a score that none has", true, () => "review?list=newest&below=0.01"),
        ("Review: a prediction by its key", true, () => $"review?key={Key()}"),
        ("Review: the beginning of a key", true, () => $"review?key={Key()[..Random.Next(2, 8)]}"),
        ("Loop", false, () => ""),
        ("Runs", false, () => "runs"),
        ("Models", false, () => "models"),
        ("Endpoint", false, () => "endpoint"),
        ("Data", false, () => "data"),
        ("History", false, () => "history"),
    ];

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            var project = Directory.CreateDirectory(Path.Combine(folder, "digits")).FullName;
            var data = Path.Combine(folder, "cloud");
            using var plumb = new Plumb(project, data);
            await plumb.UpAsync(cancel);
            using var connection = AwsConnection.To(CloudClients.Read(data));
            using var clients = new LoopClients(connection);
            var loop = await ProductionAsync(plumb, project, clients, cancel);
            try
            {
                await IndexAsync(data, project, Path.Combine(folder, "cache"), cancel);
                await VisitAsync(plumb, data, cancel);
            }
            finally
            {
                // Otherwise its model server would outlive the cloud.
                await new ProductionModel(loop).RemoveAsync(CancellationToken.None);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Makes a project that is pushed, approved, deployed, invoked a million times, measured and corrected.
    /// </summary>
    private static async Task<LoopContext> ProductionAsync(
        Plumb plumb,
        string project,
        LoopClients clients,
        CancellationToken cancel
    )
    {
        await PagesData.WriteProjectAsync(project, cancel);
        await plumb.RunAsync("", cancel, "push");
        var description = (await ProjectFolder.OpenAsync(project, cancel)).Description;
        var loop = await LoopContext.CreateAsync(description, clients, cancel);
        // The build starts the training without waiting for it.
        while ((await new ModelRegistry(loop).ListAsync(cancel)).Count == 0)
        {
            await Task.Delay(200, cancel);
        }
        await plumb.RunAsync("", cancel, "approve", "1", "--reason", "the first");
        DigitCaptures.Start = (await loop.Clock.NowAsync(cancel)).AddSeconds(-PagesData.Count);
        await PagesData.WriteCapturesAsync(loop, cancel);
        await plumb.RunAsync("", cancel, "monitor", "run");
        await PagesData.WriteYearAsync(loop, cancel);
        return loop;
    }

    private static async Task IndexAsync(string data, string project, string cache, CancellationToken cancel)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll");
        Directory.CreateDirectory(cache);
        using var index = Process.Start("dotnet", [program, "console-index", data, project, cache]);
        await index.WaitForExitAsync(cancel);
    }

    private static async Task VisitAsync(Plumb plumb, string data, CancellationToken cancel)
    {
        await plumb.RunAsync(Password + "\n", cancel, "user", "add", "ann", "--role", "reviewer", "--password-stdin");
        var console = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(data, "console.json"), cancel))!;
        using var visitor = new ConsoleVisitor(new Uri((string)console["endpoint"]!));
        await visitor.SignInAsync("ann", Password, cancel);
        var clock = Stopwatch.StartNew();
        while (
            !(await visitor.GetAsync("/digits/review", cancel)).Text.Contains(
                "none behind S3",
                StringComparison.Ordinal
            )
        )
        {
            await Task.Delay(500, cancel);
        }
        Print($"the console's own index, beside the cloud in one process: {clock.Elapsed.TotalSeconds:0.0} s");
        var cpu = plumb.CpuSeconds;
        Print($"{"", -42} {"p50 ms", 8} {"p95 ms", 8}");
        foreach (var (what, hasBar, path) in Pages)
        {
            var times = new double[Calls];
            for (var call = 0; call < Calls; call++)
            {
                times[call] = (await visitor.GetAsync($"/digits/{path()}", cancel)).Milliseconds;
            }
            Array.Sort(times);
            var (half, most) = (times[Calls / 2], times[Calls * 95 / 100]);
            var verdict = hasBar ? $"bar < {Bar} ms: {(most < Bar ? "held" : "MISSED")}" : "";
            Print($"{what, -42} {half, 8:0.0} {most, 8:0.0}  {verdict}");
        }
        Print($"{(plumb.CpuSeconds - cpu) * 1000 / (Calls * Pages.Length):0} CPU-ms a page, the cloud's part in it");
    }

    private static string Key() => DigitCaptures.Key(Random.Next(PagesData.Count));

    private static void Print(FormattableString line) =>
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
