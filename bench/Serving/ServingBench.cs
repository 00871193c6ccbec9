using Plumbline.Bench.Load;

namespace Plumbline.Bench.Serving;

/// <summary>
/// CPU time per request of the model server, of Flask, of the constant server, and of InvokeEndpoint with everything
/// behind it, in turns.
/// </summary>
internal static class ServingBench
{
    private const int Connections = 16;

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            DigitsModel.Write(Path.Combine(folder, "model"));
            await RunAsync(folder, cancel);
            await PicturesBench.RunAsync(cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder, CancellationToken cancel)
    {
        Console.WriteLine("Serving the digits model: CPU time (user + system) a request, in microseconds");
        var one = DigitsModel.Body(1);
        using var ours = await OursAsync(folder, cancel);
        var answer = Path.Combine(folder, "answer");
        await File.WriteAllBytesAsync(answer, await AnswerAsync(ours.Port, one, cancel), cancel);
        using var floor = await ConstAsync(answer, cancel);
        using var forwarder = await ForwarderAsync(answer, cancel);
        using var flask = await FlaskAsync(
            "flask_app:app",
            Path.Combine(folder, "model", DigitsModel.PythonName),
            cancel
        );

        using var cloud = await EndpointCloud.StartAsync(folder, cancel);

        var caller = await cloud.CallerKeysAsync(cancel);

        var row = HttpLoad.Rows(Connections, one);
        var single = await Turns.MeasureAsync(
            [
                new(ours, row, 20_000),
                new(floor, row, 20_000),
                new(flask, row, 1_500),
                new(cloud.Process, cloud.Invocations(Connections, EndpointCloud.Capturing, one), 10_000),
                new(cloud.Process, cloud.Invocations(Connections, EndpointCloud.Plain, one), 10_000),
                new(cloud.Process, cloud.Invocations(Connections, EndpointCloud.Plain, one, caller), 10_000),
                new(forwarder, row, 10_000),
            ],
            cancel
        );
        Verdict.AtMost("1 row", "ours / const", single[0], single[1], 1.4);
        Verdict.AtLeast("1 row", "Flask / ours", single[0], single[2], 16);
        Verdict.AtMost("endpoint", "InvokeEndpoint / const", single[3], single[1], 3);
        Verdict.AtMost("endpoint", "a bare forwarder / const", single[6], single[1], 3);
        Verdict.AtMost("endpoint", "InvokeEndpoint / forwarder", single[3], single[6], 2);
        Verdict.AtMost("endpoint", "capture on / off", single[3], single[4], 1.3);
        Verdict.AtMost("endpoint", "a role's key / the account's", single[5], single[4], 1.1);

        var rows = HttpLoad.Rows(Connections, DigitsModel.Body(100));
        var batch = await Turns.MeasureAsync([new(ours, rows, 1_500), new(flask, rows, 300)], cancel);
        Verdict.AtLeast("100 rows", "Flask / ours", batch[0], batch[1], 8);
    }

    private static async Task<byte[]> AnswerAsync(int port, string body, CancellationToken cancel)
    {
        using var client = new HttpClient();
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv"));
        using var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/invocations"), content, cancel);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancel);
    }

    /// <summary>Starts the model server with the model of a folder.</summary>
    public static Task<ServerProcess> OursAsync(string folder, CancellationToken cancel) =>
        ServerProcess.StartAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "plumbline-serving.dll"), "serve"],
            new() { ["SAGEMAKER_BASE_DIR"] = folder },
            cancel
        );

    /// <summary>Starts the server that answers what the file contains.</summary>
    public static Task<ServerProcess> ConstAsync(string answer, CancellationToken cancel) =>
        OfBenchAsync("const-server", answer, cancel);

    /// <summary>Starts the bare forwarder before a constant server.</summary>
    public static Task<ServerProcess> ForwarderAsync(string answer, CancellationToken cancel) =>
        OfBenchAsync("forward-server", answer, cancel);

    /// <summary>Starts a program of this bench that answers what the file contains.</summary>
    public static Task<ServerProcess> OfBenchAsync(
        string program,
        string answer,
        CancellationToken cancel,
        params ReadOnlySpan<(string Name, string Value)> settings
    )
    {
        Dictionary<string, string> environment = new() { ["ANSWER_FILE"] = answer };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }
        return ServerProcess.StartAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll"), program],
            environment,
            cancel
        );
    }

    /// <summary>Starts gunicorn with an app of the folder <c>peers</c>; null if something is not installed.</summary>
    public static async Task<ServerProcess?> FlaskAsync(string app, string model, CancellationToken cancel)
    {
        try
        {
            return await ServerProcess.StartAsync(
                "/usr/bin/gunicorn",
                ["-w", "2", "-b", "127.0.0.1:{port}", "--chdir", Path.Combine(AppContext.BaseDirectory, "peers"), app],
                new() { ["MODEL_FILE"] = model },
                cancel
            );
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Console.WriteLine($"Flask, gunicorn or a library of {app} is not installed");
            return null;
        }
    }
}
