using System.Diagnostics;
using System.Globalization;
using Plumbline.Bench.Load;
using Plumbline.Bench.Monitoring;

namespace Plumbline.Bench.Prepare;

/// <summary>
/// Prepare on a large CSV and on a large manifest: every cell checked, each row on its side by a hash, three files
/// written. DuckDB does the same; each runs in its own process. A list of contents in S3 has no peer: its bar is memory.
/// </summary>
internal static class PrepareBench
{
    /// <summary>MiB of resident memory, for the listing, too.</summary>
    public const double MostMemory = 512;

    /// <summary>384 MiB as .NET reads it; the process itself takes the rest.</summary>
    public const string MostHeap = "0x18000000";

    /// <param name="args">The name of the bench, the gigabytes of CSV (1), and the millions of JSON lines (10).</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task RunAsync(string[] args, CancellationToken cancel)
    {
        var gigabytes = Given(args, 1, 1);
        var millions = Given(args, 2, 10);
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            var duckDb = await DuckDb.InstallAsync(Path.Combine(folder, "duckdb"), "duckdb_prepare.mjs", cancel);
            await CompareAsync($"CSV, {gigabytes} GB", PrepareFiles.Csv, gigabytes, folder, duckDb, cancel);
            await CompareAsync($"JSON Lines, {millions} million", PrepareFiles.Jsonl, millions, folder, duckDb, cancel);
            await CompareAsync(
                $"Contents in S3, {millions} million",
                PrepareFiles.List,
                millions,
                folder,
                null,
                cancel
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(
        string what,
        string name,
        double size,
        string folder,
        DuckDb? duckDb,
        CancellationToken cancel
    )
    {
        var path = Path.Combine(folder, name);
        PrepareFiles.Write(path, size);
        var self = Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll");
        var start = new ProcessStartInfo("dotnet", [self, "prepare-build", path]);
        // A heap that grew with the rows would end the run.
        start.Environment["DOTNET_GCHeapHardLimit"] = MostHeap;
        var ours =
            await JoinFigures.RunAsync(start, cancel)
            ?? throw new InvalidOperationException("the data set was not built");
        Print($"{what}: ours", ours);
        Console.WriteLine(
            $"peak memory              bar <= {MostMemory} MiB  {(ours.Mebibytes <= MostMemory ? "holds" : "missed")}"
        );
        var output = path + ".duckdb";
        if (duckDb is not null && await JoinFigures.RunAsync(duckDb.Start(path, output), cancel) is { } peer)
        {
            Print($"{what}: DuckDB", peer);
            Verdict.AtLeast("CPU", "DuckDB / ours", ours.CpuSeconds, peer.CpuSeconds, 1);
            Directory.Delete(output, recursive: true);
        }
        File.Delete(path);
    }

    private static void Print(string what, JoinFigures figures) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -36} {figures.Rows} rows, {figures.Right} held out, {figures.CpuSeconds:0.0} s CPU, {figures.Mebibytes:0} MiB"
            )
        );

    private static double Given(string[] args, int place, double otherwise) =>
        args.Length > place ? double.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
}
