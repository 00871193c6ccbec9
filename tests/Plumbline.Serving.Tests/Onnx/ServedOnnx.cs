using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests.Onnx;

/// <summary>An ONNX model behind the real server process.</summary>
internal sealed class ServedOnnx : IDisposable
{
    private readonly TemporaryFolder folder;

    private ServedOnnx(TemporaryFolder folder, ProgramRun process)
    {
        (this.folder, Process) = (folder, process);
        Client = new HttpClient { BaseAddress = new Uri(ServedModel.AddressOf(process)) };
    }

    public ProgramRun Process { get; }

    public HttpClient Client { get; }

    public static Task<ServedOnnx> StartAsync(string model) => StartAsync(OnnxModels.Copy(model));

    /// <summary>Serves the folder <c>model</c> below this one, which is deleted afterwards.</summary>
    public static async Task<ServedOnnx> StartAsync(TemporaryFolder folder)
    {
        var process = Start(folder);
        await process.PrintedAsync("Application started");
        return new ServedOnnx(folder, process);
    }

    /// <summary>Starts a server on the folder <c>model</c> below this one.</summary>
    public static ProgramRun Start(TemporaryFolder folder) =>
        ProgramRun.Dotnet(
            "plumbline-serving.dll",
            ["serve"],
            new Dictionary<string, string> { ["SAGEMAKER_BASE_DIR"] = folder.Path, ["SAGEMAKER_BIND_TO_PORT"] = "0" }
        );

    public async Task<(HttpStatusCode Status, string Text)> PostAsync(byte[] body, string? type, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/invocations");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }
        using var answer = await Client.SendAsync(request).InTimeAsync();
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<(HttpStatusCode Status, string Text)> PostAsync(string body, string type, string? accept = null) =>
        PostAsync(Encoding.UTF8.GetBytes(body), type, accept);

    /// <summary>The probabilities of the only prediction.</summary>
    public async Task<float[]> ProbabilitiesAsync(byte[] body, string type)
    {
        var (status, text) = await PostAsync(body, type);
        status.ShouldBe(HttpStatusCode.OK, text);
        using var json = JsonDocument.Parse(text);
        var prediction = json.RootElement.GetProperty("predictions").EnumerateArray().Single();
        return [.. prediction.GetProperty("probabilities").EnumerateArray().Select(number => number.GetSingle())];
    }

    /// <summary>A figure in kB of the process's memory, such as VmHWM, the peak.</summary>
    public long Memory(string name) =>
        long.Parse(
            File.ReadLines($"/proc/{Process.Id}/status").First(line => line.StartsWith(name)).Split(':')[1][..^2],
            System.Globalization.CultureInfo.InvariantCulture
        );

    public void Dispose()
    {
        Client.Dispose();
        Process.Dispose();
        folder.Dispose();
    }
}
