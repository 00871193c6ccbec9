using System.Diagnostics;
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
        Console.WriteLine("Serving a MobileNet: CPU time a photo in milliseconds, and seconds a thousand photos");
        var photo = await File.ReadAllBytesAsync(Path.Combine(folder, "photo.jpg"), cancel);
        using var together = await OursAsync(Path.Combine(folder, "together"), cancel);
        using var single = await OursAsync(Path.Combine(folder, "single"), cancel);
        using var flask = await ServingBench.FlaskAsync("flask_pictures:app", Path.Combine(folder, "model.pt"), cancel);
        foreach (var connections in (int[])[1, Connections])
        {
            var load = Load(connections, photo);
            var figures = await Turns.FiguresAsync(
                [new(together, load, 400), new(single, load, 400), new(flask, load, 200)],
                cancel
            );
            var work = $"photo x{connections}";
            var (ours, alone, peer) = (figures[0], figures[1], figures[2]);
            Verdict.AtLeast(work, "Flask / ours, CPU", ours.Cpu / 1000, peer.Cpu / 1000, 3);
            Verdict.AtLeast(work, "Flask / ours, time", ours.Seconds * 1000, peer.Seconds * 1000, 3);
            Verdict.AtMost(work, "batch / no batch, CPU", ours.Cpu / 1000, alone.Cpu / 1000, 1.05);
            Verdict.AtMost(work, "batch / no batch, time", ours.Seconds * 1000, alone.Seconds * 1000, 1.05);
        }
    }

    private static HttpLoad Load(int connections, byte[] photo) =>
        new(
            connections,
            "/invocations",
            new HeaderDictionary { ["Host"] = "127.0.0.1", ["Content-Type"] = "image/jpeg" },
            photo
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
