using System.ComponentModel;
using System.Diagnostics;

namespace Plumbline.Bench.Load;

/// <summary>DuckDB from npm, in its own folder.</summary>
internal sealed class DuckDb
{
    private const string Package = "@duckdb/node-api@1.5.6-r.1";
    private readonly string script;

    private DuckDb(string script) => this.script = script;

    /// <summary>Installs DuckDB; prints the reason and returns null if that fails.</summary>
    /// <param name="folder">The folder to install into.</param>
    /// <param name="program">The script in <c>peers/</c> to run.</param>
    /// <param name="cancel">Ends the installation.</param>
    public static async Task<DuckDb?> InstallAsync(string folder, string program, CancellationToken cancel)
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
        var script = Path.Combine(folder, program);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "peers", program), script);
        return new DuckDb(script);
    }

    /// <summary>How to run the script.</summary>
    public ProcessStartInfo Start(params string[] arguments) => new("node", [script, .. arguments]);
}
