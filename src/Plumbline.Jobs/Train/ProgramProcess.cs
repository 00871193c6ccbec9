using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Plumbline.Jobs.Train;

/// <summary>Runs a compiled C# program until it ends. Its output is the job's.</summary>
internal static class ProgramProcess
{
    private const int KeptLines = 50;
    private const int Terminate = 15;

    /// <summary>Passes SageMaker's SIGTERM on, so that the program can write a checkpoint.</summary>
    /// <param name="program">The program's .dll.</param>
    /// <param name="environment">The variables and arguments of the job.</param>
    /// <param name="stop">Cancelled when the job is stopped.</param>
    /// <returns>The exit code, and the last lines of its standard error.</returns>
    public static async Task<(int Code, IReadOnlyList<string> LastLines)> RunAsync(
        string program,
        JobEnvironmentVariables environment,
        CancellationToken stop
    )
    {
        var start = new ProcessStartInfo(Host(), [program, .. environment.Arguments()])
        {
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        foreach (var (name, value) in environment.Variables())
        {
            start.Environment.TryAdd(name, value);
        }

        using var process = Process.Start(start)!;
        var id = process.Id;
        await using var stopping = stop.Register(() => _ = Kill(id, Terminate));
        var last = new Queue<string>();
        // Not cancelled: a program that is stopped may still print.
        while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            last.Enqueue(line);
            if (last.Count > KeptLines)
            {
                last.Dequeue();
            }
        }

        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, [.. last]);
    }

    /// <summary>The dotnet that runs this program.</summary>
    private static string Host() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
