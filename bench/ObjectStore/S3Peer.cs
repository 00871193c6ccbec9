using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Plumbline.Bench.Load;

namespace Plumbline.Bench.ObjectStore;

/// <summary>A server of S3's API, and boto3 as its client.</summary>
internal sealed class S3Peer(ServerProcess server, string key, string secret) : IDisposable
{
    /// <summary>Starts moto_server; null if it is not installed.</summary>
    public static Task<S3Peer?> MotoAsync(CancellationToken cancel) =>
        StartAsync("moto_server", ["-H", "127.0.0.1", "-p", "{port}"], "moto", cancel);

    /// <summary>Starts s3rver from npm; null if it is not installed.</summary>
    public static Task<S3Peer?> S3rverAsync(string folder, CancellationToken cancel) =>
        StartAsync("s3rver", ["-d", folder, "-a", "127.0.0.1", "-p", "{port}", "--silent"], "S3RVER", cancel);

    /// <summary>Puts or gets this many objects; returns the seconds and the server's CPU time.</summary>
    public async Task<(double Wall, double Cpu)> RunAsync(string verb, int size, int count, CancellationToken cancel)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "peers", "s3_driver.py"),
            $"http://127.0.0.1:{server.Port}",
            key,
            secret,
            verb,
            $"{size}",
            $"{count}",
        ];
        var before = server.CpuSeconds();
        using var driver = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true })!;
        var printed = await driver.StandardOutput.ReadToEndAsync(cancel);
        await driver.WaitForExitAsync(cancel);
        return driver.ExitCode == 0
            ? (double.Parse(printed, CultureInfo.InvariantCulture), server.CpuSeconds() - before)
            : throw new InvalidOperationException("s3_driver.py failed; it needs boto3");
    }

    public void Dispose() => server.Dispose();

    private static async Task<S3Peer?> StartAsync(
        string program,
        string[] arguments,
        string key,
        CancellationToken cancel
    )
    {
        try
        {
            return new S3Peer(await ServerProcess.StartAsync(program, arguments, [], cancel), key, key);
        }
        catch (Win32Exception)
        {
            Console.WriteLine($"{program} is not installed");
            return null;
        }
    }
}
