using System.Diagnostics;
using System.Globalization;
using Plumbline.Aws.Client;
using Plumbline.Bench.Load;
using Plumbline.Testing;

namespace Plumbline.Bench.Monitoring;

/// <summary>
/// The monitor's join of a million captures with a million labels, compared with DuckDB and pandas: CPU time and peak
/// memory, each in its own process, in turns.
/// </summary>
internal static class MonitoringBench
{
    private const int Count = 1_000_000;
    private const int Turns = 3;

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            var duckDb = await DuckDb.InstallAsync(Path.Combine(folder, "duckdb"), "duckdb_join.mjs", cancel);
            Console.WriteLine(
                $"Joining {Count:N0} captures with {Count:N0} labels: CPU time (user + system) and peak memory"
            );
            foreach (var mixed in new[] { false, true })
            {
                var files = Path.Combine(folder, mixed ? "mixed" : "ours");
                await MonitoringFiles.WriteAsync(files, Count, mixed, cancel);
                await RunAsync(files, mixed, duckDb, cancel);
                if (!mixed)
                {
                    await FromS3Async(files, Path.Combine(folder, "cloud"), cancel);
                }
                Directory.Delete(files, recursive: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string files, bool mixed, DuckDb? duckDb, CancellationToken cancel)
    {
        var bytes = MonitoringFiles.Captures(files).Sum(file => new FileInfo(file).Length);
        Console.WriteLine($"{(mixed ? "mixed writers" : "one writer")}: {bytes / 1e6:0} MB of captures");
        var (ours, duck, pandas) = (new List<JoinFigures>(), new List<JoinFigures>(), new List<JoinFigures>());
        for (var turn = 0; turn < Turns; turn++)
        {
            ours.Add(await OursAsync("monitoring-join", files, cancel));
            if (duckDb is not null)
            {
                duck.Add(
                    await JoinFigures.RunAsync(duckDb.Start(files), cancel)
                        ?? throw new InvalidOperationException("DuckDB's join failed")
                );
            }
            if (turn == 0 && !mixed && await PandasAsync(files, cancel) is { } one)
            {
                pandas.Add(one);
            }
        }
        Print(JoinFigures.Least(ours)!, JoinFigures.Least(duck), JoinFigures.Least(pandas), mixed);
    }

    /// <summary>Measures the same join with the files in S3, like the job; the peers do not do that.</summary>
    private static async Task FromS3Async(string files, string cloudFolder, CancellationToken cancel)
    {
        using var cloud = await ChildCloud.StartAsync(cloudFolder);
        using (var connection = AwsConnection.To(cloud.Cloud))
        {
            await MonitoringFiles.UploadAsync(files, connection, cancel);
        }

        var runs = new List<JoinFigures>();
        for (var turn = 0; turn < Turns; turn++)
        {
            runs.Add(await OursAsync("monitoring-join-s3", cloudFolder, cancel));
        }
        var least = JoinFigures.Least(runs)!;
        Verdict("ours from S3, CPU", least.CpuSeconds, "s", null, atMost: true);
        Verdict("ours from S3, memory", least.Mebibytes, "MiB", null, atMost: true);
    }

    private static void Print(JoinFigures ours, JoinFigures? duck, JoinFigures? pandas, bool mixed)
    {
        Verdict("ours, CPU", ours.CpuSeconds, "s", mixed ? null : 1.0, atMost: true);
        Verdict("ours, peak memory", ours.Mebibytes, "MiB", mixed ? null : 140, atMost: true);
        Peer("DuckDB", ours, duck, mixed ? 0.9 : 2);
        if (!mixed)
        {
            Peer("pandas", ours, pandas, 10);
        }
    }

    private static void Peer(string name, JoinFigures ours, JoinFigures? peer, double bar)
    {
        if (peer is null)
        {
            Console.WriteLine($"{name, -24} not installed");
            return;
        }
        if ((peer.Rows, peer.Right) != (ours.Rows, ours.Right))
        {
            throw new InvalidOperationException($"{name} found {peer}, ours {ours}");
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -24} {peer.CpuSeconds, 8:0.00} s, {peer.Mebibytes:0} MiB"
            )
        );
        Verdict($"{name} / ours, CPU", peer.CpuSeconds / ours.CpuSeconds, "x", bar, atMost: false);
    }

    private static void Verdict(string what, double figure, string unit, double? bar, bool atMost)
    {
        var text =
            bar is null ? ""
            : atMost ? $"bar <= {bar}  {(figure <= bar ? "holds" : "missed")}"
            : $"bar >= {bar}  {(figure >= bar ? "holds" : "missed")}";
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{what, -24} {figure, 8:0.00} {unit, -4} {text}")
        );
    }

    private static async Task<JoinFigures> OursAsync(string program, string folder, CancellationToken cancel)
    {
        static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

        // Uses the jobs' own runtime configuration.
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "exec",
                "--runtimeconfig",
                Beside("plumbline-jobs.runtimeconfig.json"),
                "--depsfile",
                Beside("plumbline-bench.deps.json"),
                Beside("plumbline-bench.dll"),
                program,
                folder,
            ]
        );
        return (await JoinFigures.RunAsync(start, cancel))!;
    }

    private static Task<JoinFigures?> PandasAsync(string files, CancellationToken cancel) =>
        JoinFigures.RunAsync(
            new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "peers", "pandas_join.py"), files]),
            cancel
        );
}
