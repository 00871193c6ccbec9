using System.Diagnostics;

namespace Plumbline.Bench.Pages;

/// <summary>Runs the repository's own <c>./plumb</c> in a project.</summary>
/// <param name="project">The project's folder.</param>
/// <param name="data">The cloud's data folder.</param>
internal sealed class Plumb(string project, string data) : IDisposable
{
    private Process? cloud;

    /// <summary>CPU time so far of the cloud and its console, which are one process, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            cloud!.Refresh();
            return cloud.TotalProcessorTime.TotalSeconds;
        }
    }

    public async Task UpAsync(CancellationToken cancel)
    {
        cloud = Start("", "up", "--port", "0", "--console-port", "0");
        // The console is ready last.
        while (!File.Exists(Path.Combine(data, "console.json")))
        {
            if (cloud.HasExited)
            {
                throw new InvalidOperationException("./plumb up ended");
            }
            await Task.Delay(100, cancel);
        }
    }

    public async Task RunAsync(string input, CancellationToken cancel, params string[] arguments)
    {
        using var process = Start(input, arguments);
        var said = process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        // Exit code 3 means that a person must decide.
        if (process.ExitCode is not (0 or 3))
        {
            throw new InvalidOperationException($"./plumb {string.Join(' ', arguments)} failed: {await said}");
        }
    }

    public void Dispose()
    {
        cloud?.Kill();
        cloud?.WaitForExit();
        cloud?.Dispose();
    }

    private Process Start(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Script(), [.. arguments, "--data", data])
        {
            WorkingDirectory = project,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return process;
    }

    private static string Script()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (
            !File.Exists(Path.Combine(folder.FullName, "plumb"))
            || !File.Exists(Path.Combine(folder.FullName, "global.json"))
        )
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the bench runs in its repository");
        }
        return Path.Combine(folder.FullName, "plumb");
    }
}
