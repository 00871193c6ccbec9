using System.ComponentModel;
using System.Diagnostics;

namespace Plumbline.Bench.Monitoring;

/// <summary>DuckDB from npm, in its own folder.</summary>
internal sealed class DuckDb
{
    private const string Package = "@duckdb/node-api@1.5.6-r.1";
    private readonly string script;

    private DuckDb(string script) => this.script = script;

    /// <summary>Installs DuckDB; prints the reason and returns null if that fails.</summary>
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
        // The script must lie beside its modules, because Node searches for them from the script's folder upwards.
        var script = Path.Combine(folder, "duckdb_join.mjs");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "peers", "duckdb_join.mjs"), script);
        return new DuckDb(script);
    }

    public async Task<JoinFigures> JoinAsync(string files, CancellationToken cancel) =>
        await JoinFigures.RunAsync(new ProcessStartInfo("node", [script, files]), cancel)
        ?? throw new InvalidOperationException("DuckDB's join failed");
}
