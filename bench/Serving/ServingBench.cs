using System.Globalization;
using Plumbline.Bench.Load;

namespace Plumbline.Bench.Serving;

/// <summary>CPU time a request of the model server, of Flask and of const, taking turns.</summary>
internal static class ServingBench
{
    private const int Connections = 16;
    private const int Turns = 3;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            DigitsModel.Write(Path.Combine(folder, "model"));
            await RunAsync(folder, cancel);
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
        using var flask = await FlaskAsync(folder, cancel);

        var load = new HttpLoad(Connections, one);
        var single = await MeasureAsync(load, [(ours, 20_000), (floor, 20_000), (flask, 1_500)], cancel);
        Verdict("1 row", "ours / const", single[0], single[1], single[0] / single[1], 1.4, atMost: true);
        Verdict("1 row", "Flask / ours", single[0], single[2], single[2] / single[0], 16, atMost: false);

        load = new HttpLoad(Connections, DigitsModel.Body(100));
        var batch = await MeasureAsync(load, [(ours, 1_500), (flask, 300)], cancel);
        Verdict("100 rows", "Flask / ours", batch[0], batch[1], batch[1] / batch[0], 8, atMost: false);
    }

    private static async Task<double[]> MeasureAsync(
        HttpLoad load,
        (ServerProcess? Server, int Requests)[] servers,
        CancellationToken cancel
    )
    {
        var seconds = new double[servers.Length];
        var requests = new int[servers.Length];
        for (var turn = -1; turn < Turns; turn++)
        {
            for (var i = 0; i < servers.Length; i++)
            {
                if (servers[i].Server is not { } server)
                {
                    continue;
                }
                var before = server.CpuSeconds();
                var answered = await load.RunAsync(server.Port, servers[i].Requests, LongestTurn, cancel);
                // The first turn is for the compilers.
                if (turn >= 0)
                {
                    seconds[i] += server.CpuSeconds() - before;
                    requests[i] += answered;
                }
            }
        }
        return [.. seconds.Zip(requests, (s, n) => s / n * 1e6)];
    }

    private static void Verdict(
        string work,
        string what,
        double ours,
        double peer,
        double ratio,
        double bar,
        bool atMost
    )
    {
        var miss = atMost ? ratio / bar - 1 : bar / ratio - 1;
        var verdict =
            double.IsNaN(ratio) ? "peer not installed"
            : miss <= 0 ? "holds"
            : string.Create(CultureInfo.InvariantCulture, $"missed by {miss:P0}");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{work, -9} ours {ours, 8:F1}  peer {peer, 9:F1}  {what} {ratio, 6:F2}  bar {(atMost ? "<=" : ">=")} {bar, 4}  {verdict}"
            )
        );
    }

    private static async Task<byte[]> AnswerAsync(int port, string body, CancellationToken cancel)
    {
        using var client = new HttpClient();
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv"));
        using var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/invocations"), content, cancel);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancel);
    }

    private static Task<ServerProcess> OursAsync(string folder, CancellationToken cancel) =>
        ServerProcess.StartAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "plumbline-serving.dll"), "serve"],
            new() { ["SAGEMAKER_BASE_DIR"] = folder },
            cancel
        );

    private static Task<ServerProcess> ConstAsync(string answer, CancellationToken cancel) =>
        ServerProcess.StartAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll"), "const-server"],
            new() { ["ANSWER_FILE"] = answer },
            cancel
        );

    private static async Task<ServerProcess?> FlaskAsync(string folder, CancellationToken cancel)
    {
        try
        {
            return await ServerProcess.StartAsync(
                "/usr/bin/gunicorn",
                [
                    "-w",
                    "2",
                    "-b",
                    "127.0.0.1:{port}",
                    "--chdir",
                    Path.Combine(AppContext.BaseDirectory, "peers"),
                    "flask_app:app",
                ],
                new() { ["MODEL_FILE"] = Path.Combine(folder, "model", DigitsModel.PythonName) },
                cancel
            );
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Console.WriteLine("Flask, gunicorn or python3-xgboost is not installed");
            return null;
        }
    }
}
