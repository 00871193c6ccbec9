using System.Diagnostics;
using System.Globalization;

namespace Plumbline.Bench.Serving;

/// <summary>Divides the CPU time of the local cloud by its stacks, with perf (Debian's package linux-perf).</summary>
internal static class PerfProfile
{
    // The frame nearest to the leaf that has one of the words decides, so the framework's hashes, texts and collections
    // count for the part that calls them.
    private static readonly (string Part, string[] Words)[] Parts =
    [
        ("signature", ["Plumbline.Aws.Signing"]),
        ("capture", ["Hosting.Capture"]),
        ("the way to the model and back", ["Hosting.Connections", "Hosting.Routing", "Hosting.ModelServers"]),
        ("metrics and traces", ["Hosting.Metrics", "System.Diagnostics."]),
        ("permissions", ["LocalCloud.Identity"]),
        ("the gateway's other code", ["Plumbline."]),
        ("kernel: threads that wake or wait", ["futex"]),
        ("kernel: epoll", ["ep_poll", "epoll_"]),
        ("kernel: sending", ["__sys_send", "ksys_write", "do_writev"]),
        ("kernel: receiving", ["__sys_recv", "ksys_read"]),
        ("kernel: files", ["vfs_", "ext4", "fsync"]),
        ("Kestrel", ["AspNetCore"]),
        ("sockets in .NET", ["System.Net.Sockets", "libSystem.Native"]),
        ("thread pool", ["ThreadPool", "LowLevelLifoSemaphore"]),
    ];

    /// <summary>Profiles a process and prints the share of each part.</summary>
    public static async Task PrintAsync(int process, string file, TimeSpan time, CancellationToken cancel)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        var seconds = time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await RunAsync(["record", "-q", "-F", "499", "-g", "-p", id, "-o", file, "--", "sleep", seconds], cancel);
        var stacks = (await RunAsync(["script", "-i", file, "-F", "ip,sym,dso"], cancel)).Split(
            "\n\n",
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        foreach (var part in stacks.CountBy(PartOf).OrderByDescending(part => part.Value))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{part.Key, -32} {part.Value / (double)stacks.Length, 6:P1}"
                )
            );
        }
    }

    private static string PartOf(string stack)
    {
        foreach (var frame in stack.Split('\n'))
        {
            foreach (var (part, words) in Parts)
            {
                if (!Array.Exists(words, word => frame.Contains(word, StringComparison.Ordinal)))
                {
                    continue;
                }

                // The model server listens at a Unix socket, the gateway at TCP.
                var isOfModel = stack.Contains("unix_stream", StringComparison.Ordinal);
                return isOfModel ? $"{part}, model" : part;
            }
        }

        return "the runtime, and the rest of the kernel";
    }

    private static async Task<string> RunAsync(string[] arguments, CancellationToken cancel)
    {
        using var perf = Process.Start(
            new ProcessStartInfo("perf", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var errors = perf.StandardError.ReadToEndAsync(cancel);
        var output = await perf.StandardOutput.ReadToEndAsync(cancel);
        await perf.WaitForExitAsync(cancel);
        return perf.ExitCode == 0 ? output : throw new InvalidOperationException($"perf failed: {await errors}");
    }
}
