using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Scoring;

/// <summary>A model that is served by this program, in a process of its own, as the endpoint serves it.</summary>
internal sealed class ScoredModel : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PingPause = TimeSpan.FromMilliseconds(50);

    private readonly string folder;
    private readonly Process process;
    private readonly HttpClient client;
    private readonly Task<string> said;

    private ScoredModel(string folder)
    {
        this.folder = folder;
        var socket = Path.Combine(folder, "socket");
        var start = new ProcessStartInfo(Environment.ProcessPath!, Arguments())
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        start.Environment["SAGEMAKER_BASE_DIR"] = folder;
        start.Environment["PLUMBLINE_BIND_UNIX"] = socket;
        process = Process.Start(start)!;
        said = ReadErrorsAsync();
        client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, token) => ConnectAsync(socket, token) })
        {
            BaseAddress = new Uri("http://model"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <summary>Unpacks a model, and waits until its server answers.</summary>
    /// <param name="input">The folder with model.tar.gz.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="InputException">The archive is missing, or the server does not start.</exception>
    public static async Task<ScoredModel> StartAsync(string input, CancellationToken stop)
    {
        if (!Directory.Exists(input) || Directory.GetFiles(input, "*.tar.gz") is not [var archive])
        {
            throw new InputException("input model", "needs one model.tar.gz");
        }

        var folder = Directory.CreateTempSubdirectory("score-").FullName;
        var unpacked = Directory.CreateDirectory(Path.Combine(folder, "model"));
        await using (var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress))
        {
            await TarFile.ExtractToDirectoryAsync(packed, unpacked.FullName, overwriteFiles: true, stop);
        }

        var model = new ScoredModel(folder);
        try
        {
            await model.WaitAsync(stop);
            return model;
        }
        catch
        {
            await model.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a request, and returns the answer as JSON.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="type">Its content type.</param>
    /// <param name="place">The body's name in messages.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="InputException">The server refuses it.</exception>
    public async Task<string> AskAsync(byte[] body, string type, string place, CancellationToken stop)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await client.PostAsync(new Uri("/invocations", UriKind.Relative), content, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        return answer.IsSuccessStatusCode
            ? text
            : throw new InputException(place, $"the model's server answers {(int)answer.StatusCode}: {text.Trim()}");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(LongestStart);
        while (!process.HasExited)
        {
            try
            {
                using var ping = await client.GetAsync(new Uri("/ping", UriKind.Relative), limit.Token);
                if (ping.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // The server does not listen yet.
            }

            await Task.Delay(PingPause, limit.Token);
        }

        var reason = await said.WaitAsync(limit.Token);
        throw new InputException(
            "model",
            $"cannot be served: {(reason.Length > 0 ? reason : $"exit code {process.ExitCode}")}"
        );
    }

    /// <summary>Copies the server's errors to the job's log; the last one is why the server ended.</summary>
    private async Task<string> ReadErrorsAsync()
    {
        const string Prefix = "plumbline-serving: ";
        var last = "";
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            last = line.Trim().Length > 0 ? line : last;
        }

        return last.StartsWith(Prefix, StringComparison.Ordinal) ? last[Prefix.Length..] : last;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken token)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>This program is its own file, or the .dll that <c>dotnet</c> runs.</summary>
    private static string[] Arguments() =>
        Path.GetFileName(Environment.ProcessPath) == "dotnet"
            ? [typeof(ScoredModel).Assembly.Location, "serve"]
            : ["serve"];
}
