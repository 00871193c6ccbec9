using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Client;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Cli.Homes;
using Plumbline.Records;

namespace Plumbline.Cli.Demo;

/// <summary>A local cloud of the demo's own: <c>plumb up</c> as a child, on a free port, with a data folder of its own.</summary>
internal sealed partial class DemoCloud : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly DirectoryInfo data;
    private readonly CloudFile file;
    private readonly HttpClient http = new();

    private DemoCloud(Process process, DirectoryInfo data, CloudFile file) =>
        (this.process, this.data, this.file) = (process, data, file);

    /// <summary>Its data folder.</summary>
    public DirectoryInfo Data => data;

    /// <summary>Where it listens.</summary>
    public Uri Endpoint => file.Endpoint;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="UserError">It did not come up; its last line follows.</exception>
    public static async Task<DemoCloud> StartAsync(string root, TimeProvider time, CancellationToken cancellationToken)
    {
        var data = Directory.CreateDirectory(Path.Combine(root, "cloud"));
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "plumb"))
        {
            ArgumentList = { "up", "--port", "0", "--data", data.FullName, "--movable-clock" },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var log = new StreamWriter(Path.Combine(root, "cloud.log")) { AutoFlush = true };
        process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var ready = Path.Combine(data.FullName, "cloud.json");
        var started = time.GetTimestamp();
        while (!File.Exists(ready))
        {
            if (process.HasExited || time.GetElapsedTime(started) > Patience)
            {
                process.Kill();
                throw new UserError("plumb up", $"did not come up; {Path.Combine(root, "cloud.log")} says why");
            }

            await DemoWaits.PauseAsync(time, cancellationToken);
        }

        return new DemoCloud(process, data, CloudFile.Read(data));
    }

    /// <summary>A connection that does not retry: a failed request of the demo is a failed request.</summary>
    public AwsConnection Connect(int maxAttempts) =>
        new(file.Region, new Amazon.Runtime.BasicAWSCredentials(file.AccessKeyId, file.SecretAccessKey), file.Endpoint)
        {
            MaxAttempts = maxAttempts,
        };

    /// <summary>Moves civil time forward: the one call outside AWS's API.</summary>
    public async Task AdvanceAsync(TimeSpan step, CancellationToken cancellationToken)
    {
        const string Path = "/_plumbline/clock";
        var body = System.Text.Encoding.UTF8.GetBytes(
            new JsonObject { ["advanceSeconds"] = step.TotalSeconds }.ToJsonString()
        );
        var headers = new HeaderDictionary { ["Host"] = file.Endpoint.Authority };
        var wire = new WireRequest("POST", Path, "", headers, body);
        var keys = new SigningCredentials(file.AccessKeyId, file.SecretAccessKey);
        new SigV4Signer(file.Region, "plumbline").Sign(wire, keys, TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(file.Endpoint, Path))
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, value) in headers.Where(header => header.Key != "Host"))
        {
            request.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new UserError(Path, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    /// <summary>Stops it.</summary>
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
