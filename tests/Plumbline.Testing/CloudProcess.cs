using System.Diagnostics;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Protocols;
using Shouldly;

namespace Plumbline.Testing;

/// <summary><c>plumb up</c> as a child process that can be killed.</summary>
public sealed class CloudProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string data;
    private readonly CloudFile file;

    private CloudProcess(Process process, string data, CloudFile file)
    {
        (this.process, this.data, this.file) = (process, data, file);
        Connection = file.Connect();
        Environment = file.Environment();
    }

    public Uri Endpoint => file.Endpoint;

    /// <summary>A connection with the cloud's keys, which refuses addresses other than loopback.</summary>
    public AwsConnection Connection { get; }

    /// <summary>The environment that <c>plumb env</c> prints.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>
    /// Starts the cloud on a data folder and waits until it answers. In a new folder, its time begins at the start of a
    /// day.
    /// </summary>
    public static Task<CloudProcess> StartAsync(string data, int port = 0, params string[] more) =>
        StartAsync(data, port, new Dictionary<string, string>(), more);

    /// <summary>As the other, with further variables in the environment of <c>plumb up</c>.</summary>
    public static async Task<CloudProcess> StartAsync(
        string data,
        int port,
        IReadOnlyDictionary<string, string> variables,
        params string[] more
    )
    {
        var isNew = !File.Exists(Path.Combine(data, "plumbline.db"));
        Directory.CreateDirectory(data);
        var ready = CloudFile.In(data);
        foreach (var left in (string[])[ready, Path.Combine(data, "console.json")])
        {
            File.Delete(left);
        }

        var start = new ProcessStartInfo(
            Plumb.Program,
            ["up", "--port", $"{port}", "--console-port", "0", "--data", data, "--movable-clock", .. more]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await Eventually.Async(() => File.Exists(ready) || process.HasExited);
        process.HasExited.ShouldBeFalse();
        var cloud = new CloudProcess(process, data, CloudFile.Parse(await File.ReadAllTextAsync(ready)));
        if (isNew)
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            await cloud.AdvanceAsync(now.Date.AddDays(1).AddHours(6) - now);
        }

        return cloud;
    }

    /// <summary>Moves the cloud's simulated time forward.</summary>
    public Task AdvanceAsync(TimeSpan step) => file.AdvanceAsync(step);

    /// <summary>Waits for the web console and returns its address.</summary>
    public async Task<Uri> ConsoleAsync()
    {
        var file = Path.Combine(data, "console.json");
        await Eventually.Async(() => File.Exists(file) && new FileInfo(file).Length > 0);
        return new Uri(JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject().Text("endpoint")!);
    }

    /// <summary>Kills the process with SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.EndAsync();
        process.Dispose();
        Connection.Dispose();
    }
}
