using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Testing;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving.Tests;

/// <summary>A small model behind the real server process, on a free port or a socket.</summary>
public sealed partial class ServedModel : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private ServedModel(ProgramRun process, HttpClient client, LoadedModel model, TemporaryFolder folder)
    {
        (Process, Client, Model, this.folder) = (process, client, model, folder);
    }

    public ProgramRun Process { get; }

    public HttpClient Client { get; }

    /// <summary>The same model, loaded in this process.</summary>
    public LoadedModel Model { get; }

    public static async Task<ServedModel> StartAsync(
        string objective = "multi:softprob",
        IReadOnlyList<string>? labels = null,
        bool unixSocket = false,
        string? image = null,
        Action<string, Booster>? store = null
    )
    {
        var folder = new TemporaryFolder();
        using var booster = Train(objective);
        ModelArchive.Write(
            folder.At("model"),
            booster.Save(),
            new ModelDescription { Labels = labels ?? [], Features = 8 }
        );
        var model = LoadedModel.From(ModelArchive.Read(folder.At("model")));
        if (store is not null)
        {
            Directory.Delete(folder.At("model"), recursive: true);
            store(folder.At("model"), booster);
        }
        return await StartAsync(folder, model, unixSocket, image);
    }

    /// <summary>Serves a copy of a model's folder.</summary>
    public static Task<ServedModel> OfFolderAsync(string path)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("model"));
        foreach (var file in Directory.GetFiles(path))
        {
            File.Copy(file, folder.At($"model/{Path.GetFileName(file)}"));
        }
        return StartAsync(folder, LoadedModel.From(ModelArchive.Read(path)), unixSocket: false, image: null);
    }

    public async Task<string> AnswerAsync(string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var answer = await Client.PostAsync("/invocations", content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    public async Task<(HttpStatusCode Status, string Message)> RefusedAsync(string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var answer = await Client.PostAsync("/invocations", content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The address that a server prints when it has started.</summary>
    public static string AddressOf(ProgramRun process) => Listening().Match(process.Output).Groups[1].Value;

    private static async Task<ServedModel> StartAsync(
        TemporaryFolder folder,
        LoadedModel model,
        bool unixSocket,
        string? image
    )
    {
        var socket = folder.At("server.sock");
        var environment = new Dictionary<string, string>
        {
            ["SAGEMAKER_BASE_DIR"] = folder.Path,
            ["SAGEMAKER_BIND_TO_PORT"] = "0",
            ["PLUMBLINE_XGBOOST_IMAGE"] = image ?? "",
        };
        if (unixSocket)
        {
            environment["PLUMBLINE_BIND_UNIX"] = socket;
        }
        var process = ProgramRun.Dotnet("plumbline-serving.dll", ["serve"], environment);
        await process.PrintedAsync("Application started");
        var client = unixSocket ? SocketClient(socket) : new HttpClient();
        client.BaseAddress = unixSocket ? new Uri("http://localhost") : new Uri(AddressOf(process));
        return new ServedModel(process, client, model, folder);
    }

    public void Dispose()
    {
        Client.Dispose();
        Process.Dispose();
        Model.Dispose();
        folder.Dispose();
    }

    private static Booster Train(string objective)
    {
        var classes = objective.StartsWith("binary", StringComparison.Ordinal) ? 2 : 3;
        var (features, targets) = SampleData.Make(500, classes: classes);
        using var train = DMatrix.FromRows(features, 8, targets);
        var parameters = new Dictionary<string, string> { ["objective"] = objective, ["nthread"] = "1" };
        if (objective.StartsWith("multi", StringComparison.Ordinal))
        {
            parameters["num_class"] = "3";
        }
        var booster = Booster.Create(parameters, train);
        for (var round = 0; round < 5; round++)
        {
            booster.Update(round, train);
        }
        return booster;
    }

    private static HttpClient SocketClient(string path) =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancel) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        );

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
