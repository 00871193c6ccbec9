using System.Diagnostics;
using Plumbline.Bench.Load;
using Plumbline.Loop;

namespace Plumbline.Bench.Pages;

/// <summary>
/// What the console asks of a million captured predictions in a local cloud's S3: the index from cold, then each question
/// of its Review and Quality pages, two hundred times.
/// </summary>
internal static class PagesBench
{
    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            var cloudFolder = Path.Combine(folder, "cloud");
            using var cloud = await CloudProcess.StartAsync(cloudFolder, cancel);
            using (var connection = cloud.Connect())
            using (var clients = new LoopClients(connection))
            {
                var loop = await LoopContext.CreateAsync(PagesData.Project, clients, cancel);
                await PagesData.WriteAsync(loop, cancel);
            }

            var before = cloud.CpuSeconds;
            var start = new ProcessStartInfo(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll"),
                    "console-pages",
                    cloudFolder,
                    Path.Combine(folder, "cache"),
                ]
            );
            using var program = Process.Start(start)!;
            await program.WaitForExitAsync(cancel);
            Console.WriteLine($"the local cloud took {cloud.CpuSeconds - before:0.0} CPU-s for all of it");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
