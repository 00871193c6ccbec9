using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Aws.Client;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Testing;
using Plumbline.WebConsole.Captures;

namespace Plumbline.Bench.Pages;

/// <summary>
/// Makes the console's index from nothing in its own process, so that time and memory can be measured.
/// </summary>
internal static class IndexProgram
{
    public static async Task RunAsync(
        string cloudFolder,
        string projectFolder,
        string cacheFolder,
        CancellationToken cancel
    )
    {
        using var connection = AwsConnection.To(CloudClients.Read(cloudFolder));
        using var clients = new LoopClients(connection);
        var project = await ProjectFolder.OpenAsync(projectFolder, cancel);
        var loop = await LoopContext.CreateAsync(project.Description, clients, cancel);
        var cache = new DirectoryInfo(cacheFolder);
        await using var index = new CaptureIndex(loop, cache, TimeProvider.System, NullLogger.Instance);
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await index.UpdateAsync(cancel);
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        Print(
            $"index of {index.Progress.Rows:N0} captures from cold: {clock.Elapsed.TotalSeconds:0.0} s, {used:0.0} CPU-s, peak {self.PeakWorkingSet64 / 1048576.0:0} MiB, file {cache.GetFiles().Sum(file => file.Length) / 1048576.0:0} MiB; aim <= 15 s"
        );
        clock.Restart();
        await index.UpdateAsync(cancel);
        Print($"a pass that finds nothing new: {clock.Elapsed.TotalMilliseconds:0} ms");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
