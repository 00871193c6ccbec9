using System.ComponentModel;
using System.Diagnostics;

namespace Plumbline.Bench.Monitoring;

/// <summary>DuckDB from npm, in a folder of its own.</summary>
internal sealed class DuckDb
{
    private const string Package = "@duckdb/node-api@1.5.6-r.1";
    private readonly string script;

    private DuckDb(string script) => this.script = script;

    /// <summary>Installs it; null, with the reason printed, where that is not possible.</summary>
    public static async Task<DuckDb?> InstallAsync(string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", Package])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            var output = npm.StandardOutput.ReadToEndAsync(cancel);
            var errors = await npm.StandardError.ReadToEndAsync(cancel);
            await output;
            await npm.WaitForExitAsync(cancel);
            if (npm.ExitCode != 0)
            {
                Console.WriteLine($"DuckDB: npm install {Package} failed: {errors.Trim().Split('\n')[0]}");
                return null;
            }
        }
        catch (Win32Exception)
        {
            Console.WriteLine("DuckDB: npm is not installed");
            return null;
        }
        // Beside its modules, which Node looks for from the script's own folder upwards.
        var script = Path.Combine(folder, "duckdb_join.mjs");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "peers", "duckdb_join.mjs"), script);
        return new DuckDb(script);
    }

    /// <summary>Joins the files of a folder.</summary>
    public async Task<JoinFigures> JoinAsync(string files, CancellationToken cancel) =>
        await JoinFigures.RunAsync(new ProcessStartInfo("node", [script, files]), cancel)
        ?? throw new InvalidOperationException("DuckDB's join failed");
}
