using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Bench.Load;

namespace Plumbline.Bench.Serving;

/// <summary>
/// A model of MobileNet's size that classifies a photo of 640 x 480: the model server with ONNX Runtime against Flask
/// with PyTorch, by CPU time and by answers per second, and one run for several requests against one run for each.
/// </summary>
internal static class PicturesBench
{
    private const string Python = "/usr/bin/python3";
    private const int Connections = 16;

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            if (!Export(folder))
            {
                Console.WriteLine("python3-torch or python3-pil is not installed: no bench of pictures");
                return;
            }
            await RunAsync(folder, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder, CancellationToken cancel)
    {
        Console.WriteLine("Serving a MobileNet: CPU time a photo, and the time of a photo under load, in milliseconds");
        var photo = await File.ReadAllBytesAsync(Path.Combine(folder, "photo.jpg"), cancel);
        using var together = await OursAsync(Path.Combine(folder, "mobilenet", "together"), cancel);
        using var single = await OursAsync(Path.Combine(folder, "mobilenet", "single"), cancel);
        var weights = Path.Combine(folder, "model.pt");
        using var flask = await ServingBench.FlaskAsync("flask_pictures:make()", weights, cancel);
        using var frozen = await ServingBench.FlaskAsync("flask_pictures:make(True)", weights, cancel);
        foreach (var connections in (int[])[1, Connections])
        {
            var load = Load(connections, "image/jpeg", photo);
            var figures = await Turns.FiguresAsync(
                [new(together, load, 400), new(flask, load, 200), new(frozen, load, 400)],
                cancel
            );
            var work = $"photo x{connections}";
            var (ours, peer, tuned) = (figures[0], figures[1], figures[2]);
            Verdict.AtLeast(work, "Flask / ours, CPU", ours.Cpu / 1000, peer.Cpu / 1000, 3);
            Verdict.AtLeast(work, "Flask / ours, time", ours.Seconds * 1000, peer.Seconds * 1000, 3);
            // A peer of somebody who knows PyTorch well: it is no slower than ONNX Runtime.
            Verdict.AtLeast(work, "frozen / ours, CPU", ours.Cpu / 1000, tuned.Cpu / 1000, 1);
            Verdict.AtLeast(work, "frozen / ours, time", ours.Seconds * 1000, tuned.Seconds * 1000, 1);
        }
        var photos = Load(Connections, "image/jpeg", photo);
        await CompareAsync("photo x16", new(together, photos, 400), new(single, photos, 400), 0.9, cancel);
        using var dense = await OursAsync(Path.Combine(folder, "dense", "together"), cancel);
        using var denseSingle = await OursAsync(Path.Combine(folder, "dense", "single"), cancel);
        var numbers = string.Join(',', Enumerable.Range(0, 256).Select(i => i % 10));
        var rows = Load(Connections, "text/csv", Encoding.ASCII.GetBytes(numbers));
        await CompareAsync("dense x16", new(dense, rows, 2000), new(denseSingle, rows, 2000), 2, cancel);
    }

    /// <summary>Compares a server that runs requests together with one that runs them one by one.</summary>
    private static async Task CompareAsync(
        string work,
        Turn together,
        Turn single,
        double bar,
        CancellationToken cancel
    )
    {
        var figures = await Turns.FiguresAsync([together, single], cancel);
        Verdict.AtLeast(work, "one by one / batch, CPU", figures[0].Cpu / 1000, figures[1].Cpu / 1000, bar);
        Verdict.AtLeast(work, "one by one / batch, time", figures[0].Seconds * 1000, figures[1].Seconds * 1000, bar);
    }

    private static HttpLoad Load(int connections, string type, byte[] body) =>
        new(
            connections,
            "/invocations",
            new HeaderDictionary { ["Host"] = "127.0.0.1", ["Content-Type"] = type },
            body
        );

    private static Task<ServerProcess> OursAsync(string folder, CancellationToken cancel) =>
        ServerProcess.StartAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "plumbline-serving.dll"), "serve"],
            new() { ["SAGEMAKER_BASE_DIR"] = folder },
            cancel
        );

    private static bool Export(string folder)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "mobilenet.py");
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(Python, [script, folder])
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                }
            )!;
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
