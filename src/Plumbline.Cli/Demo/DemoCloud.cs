using System.Diagnostics;
using System.Runtime.InteropServices;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Cli.Homes;
using Plumbline.Records;

namespace Plumbline.Cli.Demo;

/// <summary>The demo's own local cloud: <c>plumb up</c> as a child, with its own port and data folder.</summary>
internal sealed partial class DemoCloud : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly DirectoryInfo data;
    private readonly CloudFile file;
    private readonly ClockCall clock;
    private readonly HttpClient http = new();

    private DemoCloud(Process process, DirectoryInfo data, CloudFile file)
    {
        (this.process, this.data, this.file) = (process, data, file);
        clock = new ClockCall(file.Endpoint, file.Region, file.Keys);
    }

    public DirectoryInfo Data => data;

    public Uri Endpoint => file.Endpoint;

    /// <summary>Starts the cloud, waits until it answers, and moves its clock to the next morning.</summary>
    /// <exception cref="UserError">The cloud did not start; the message names its log.</exception>
    public static async Task<DemoCloud> StartAsync(string root, TimeProvider time, CancellationToken cancellationToken)
    {
        var data = Directory.CreateDirectory(Path.Combine(root, "cloud"));
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "plumb"))
        {
            ArgumentList = { "up", "--port", "0", "--console-port", "0", "--data", data.FullName, "--movable-clock" },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in NugetPackages.Variables())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var log = new StreamWriter(Path.Combine(root, "cloud.log")) { AutoFlush = true };
        process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var ready = CloudFile.In(data.FullName);
        var started = time.GetTimestamp();
        while (!File.Exists(ready))
        {
            if (process.HasExited || time.GetElapsedTime(started) > Patience)
            {
                process.Kill();
                throw new UserError("plumb up", $"did not start: read {Path.Combine(root, "cloud.log")}");
            }

            await DemoWaits.PauseAsync(time, cancellationToken);
        }

        var cloud = new DemoCloud(process, data, LocalHome.Read(data));
        await cloud.clock.AdvanceToMorningAsync(cloud.http, time.GetUtcNow(), cancellationToken);
        return cloud;
    }

    /// <summary>A connection with this many attempts for a request; with 1, each failed request counts.</summary>
    public AwsConnection Connect(int maxAttempts) =>
        new(file.Region, new Amazon.Runtime.BasicAWSCredentials(file.AccessKeyId, file.SecretAccessKey), file.Endpoint)
        {
            MaxAttempts = maxAttempts,
        };

    /// <summary>Moves the cloud's time forward: the demo's only call outside AWS's API.</summary>
    public Task AdvanceAsync(TimeSpan step, CancellationToken cancellationToken) =>
        clock.AdvanceAsync(http, step, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            _ = Kill(process.Id, Terminate);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
