using System.Globalization;
using Plumbline.Bench.Load;

namespace Plumbline.Bench.Serving;

/// <summary>
/// The cost of a gateway before a model server: bare forwarders by the socket between them and by the server behind
/// them, in turns with a constant answer; <c>--profile</c> shows where InvokeEndpoint's own CPU time goes.
/// </summary>
internal static class GatewayBench
{
    private const int Connections = 16;
    private const int Requests = 15_000;
    private static readonly TimeSpan Profiled = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(string[] args, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            DigitsModel.Write(Path.Combine(folder, "model"));
            await (args.Contains("--profile") ? ProfileAsync(folder, cancel) : ForwardersAsync(folder, cancel));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ForwardersAsync(string folder, CancellationToken cancel)
    {
        Console.WriteLine("One row through a gateway: CPU time (user + system) a request, in microseconds");
        var answer = Path.Combine(folder, "answer");
        await File.WriteAllTextAsync(answer, """{"predictions":[{"class":"7","score":0.9731}]}""", cancel);
        using var floor = await ServingBench.ConstAsync(answer, cancel);
        using var bare = await ServingBench.OfBenchAsync("bare-server", answer, cancel);
        using var tcp = await ServingBench.ForwarderAsync(answer, cancel);
        using var unix = await ServingBench.OfBenchAsync(
            "forward-server",
            answer,
            cancel,
            ("UNIX_SOCKET", Path.Combine(folder, "kestrel.sock"))
        );
        using var tcpBare = await ServingBench.OfBenchAsync(
            "forward-server",
            answer,
            cancel,
            ("BEHIND", "bare-server")
        );
        using var unixBare = await ServingBench.OfBenchAsync(
            "forward-server",
            answer,
            cancel,
            ("BEHIND", "bare-server"),
            ("UNIX_SOCKET", Path.Combine(folder, "bare.sock"))
        );
        using var cloud = await EndpointCloud.StartAsync(folder, cancel);
        var row = HttpLoad.Rows(Connections, DigitsModel.Body(1));
        (string Name, Turn Turn)[] turns =
        [
            ("constant answer", new(floor, row, Requests)),
            ("constant answer, without an HTTP server", new(bare, row, Requests)),
            ("forwarder, TCP", new(tcp, row, Requests)),
            ("forwarder, Unix socket", new(unix, row, Requests)),
            ("forwarder, TCP, no HTTP server behind", new(tcpBare, row, Requests)),
            ("forwarder, Unix socket, no HTTP server behind", new(unixBare, row, Requests)),
            ("InvokeEndpoint", new(cloud.Process, Invocations(cloud, EndpointCloud.Plain), Requests)),
            ("InvokeEndpoint, captured", new(cloud.Process, Invocations(cloud, EndpointCloud.Capturing), Requests)),
        ];
        var figures = await Turns.MeasureAsync([.. turns.Select(one => one.Turn)], cancel);
        foreach (var ((name, _), figure) in turns.Zip(figures))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -46} {figure, 7:F1} us  {figure / figures[0], 5:F2} x const"
                )
            );
        }
    }

    private static async Task ProfileAsync(string folder, CancellationToken cancel)
    {
        using var cloud = await EndpointCloud.StartAsync(folder, cancel, forPerf: true);
        var load = Invocations(cloud, EndpointCloud.Capturing);
        // Hot methods are compiled again before the profile.
        await load.RunAsync(cloud.Process.Port, 4 * Requests, Profiled, cancel);
        var running = load.RunAsync(cloud.Process.Port, int.MaxValue, Profiled * 1.5, cancel);
        await PerfProfile.PrintAsync(cloud.Process.Id, Path.Combine(folder, "perf.data"), Profiled, cancel);
        await running;
    }

    private static HttpLoad Invocations(BenchCloud cloud, string endpoint) =>
        cloud.Invocations(Connections, endpoint, DigitsModel.Body(1));
}
