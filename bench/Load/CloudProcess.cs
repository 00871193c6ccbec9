using System.Diagnostics;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.LocalCloud;

namespace Plumbline.Bench.Load;

/// <summary>A local cloud in its own process, so that its work does not count as the benchmark's.</summary>
internal sealed class CloudProcess : IDisposable
{
    private readonly Process process;
    private readonly string folder;

    private CloudProcess(Process process, string folder) => (this.process, this.folder) = (process, folder);

    /// <summary>CPU time so far, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    public static async Task<CloudProcess> StartAsync(string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll"), "cloud-server", folder]
        )
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var cloud = new CloudProcess(process, folder);
        if (await process.StandardOutput.ReadLineAsync(cancel) is null)
        {
            cloud.Dispose();
            throw new InvalidOperationException("the local cloud did not start");
        }
        return cloud;
    }

    /// <summary>Runs inside the process.</summary>
    public static async Task ServeAsync(string folder, CancellationToken cancel)
    {
        await using var host = await LocalCloudHost.StartAsync(
            new LocalCloudOptions { DataFolder = folder, Port = 0 },
            cancellationToken: cancel
        );
        Console.WriteLine(host.Endpoint);
        await host.WaitForShutdownAsync(cancel);
    }

    /// <summary>Connects to the cloud of a data folder.</summary>
    public static AwsConnection Connect(string folder) =>
        AwsConnection.To(CloudFile.Parse(File.ReadAllText(CloudFile.In(folder))));

    /// <inheritdoc cref="Connect(string)"/>
    public AwsConnection Connect() => Connect(folder);

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
