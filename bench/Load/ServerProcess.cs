using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Plumbline.Bench.Load;

/// <summary>A server under load; counts the CPU time of the server and its children.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const double TicksPerSecond = 100;
    private readonly Process process;

    private ServerProcess(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    public int Id => process.Id;

    /// <summary>
    /// Starts the server and waits for any answer to /ping. SAGEMAKER_BIND_TO_PORT and PORT tell it its port.
    /// </summary>
    public static async Task<ServerProcess> StartAsync(
        string file,
        string[] arguments,
        Dictionary<string, string> environment,
        CancellationToken cancel
    )
    {
        var port = FreePort();
        var text = port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            file,
            arguments.Select(a => a.Replace("{port}", text, StringComparison.Ordinal))
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        start.Environment["SAGEMAKER_BIND_TO_PORT"] = text;
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, port);
        await server.AnswersAsync(cancel);
        return server;
    }

    /// <summary>User and system time so far, in seconds, of the process and its children.</summary>
    public double CpuSeconds() => Family(process.Id).Sum(Ticks) / TicksPerSecond;

    /// <summary>The peak memory of the process itself, without its children.</summary>
    public double PeakMemoryMiB()
    {
        const string peak = "VmHWM:";
        var line = File.ReadLines($"/proc/{process.Id}/status")
            .First(line => line.StartsWith(peak, StringComparison.Ordinal));
        return long.Parse(line[peak.Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024.0;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        process.Dispose();
    }

    private async Task AnswersAsync(CancellationToken cancel)
    {
        using var client = new HttpClient();
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(30) && !process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{Port}/ping"), cancel);
                if (answer.StatusCode < HttpStatusCode.InternalServerError)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, cancel);
            }
        }
        Dispose();
        throw new InvalidOperationException("a server did not answer /ping within 30 s");
    }

    private static IEnumerable<int> Family(int parent)
    {
        yield return parent;
        foreach (var task in Directory.GetDirectories($"/proc/{parent}/task"))
        {
            var children = File.ReadAllText(Path.Combine(task, "children"));
            foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                foreach (var member in Family(int.Parse(child, CultureInfo.InvariantCulture)))
                {
                    yield return member;
                }
            }
        }
    }

    // utime and stime are fields 14 and 15; the name, field 2, may contain blanks and brackets.
    private static long Ticks(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
