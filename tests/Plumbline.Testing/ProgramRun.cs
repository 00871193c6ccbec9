using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Shouldly;

namespace Plumbline.Testing;

/// <summary>Runs a real process, ours or another, and keeps its output.</summary>
public sealed partial class ProgramRun : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder printed = new();

    public ProgramRun(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The process's number in <c>/proc</c>.</summary>
    public int Id => process.Id;

    public string Output
    {
        get
        {
            lock (printed)
            {
                return printed.ToString();
            }
        }
    }

    public bool HasEnded => process.HasExited;

    public static ProgramRun Dotnet(string name, string[] arguments, IReadOnlyDictionary<string, string> environment) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, name), .. arguments], environment);

    public void Signal(int number) => kill(process.Id, number).ShouldBe(0);

    public async Task<int> ExitCodeAsync()
    {
        return await process.EndAsync();
    }

    /// <summary>Waits until the process has printed a text.</summary>
    public async Task PrintedAsync(string text)
    {
        await Eventually.Async(() => HasEnded || Output.Contains(text, StringComparison.Ordinal));
        Output.ShouldContain(text);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.End();
        }
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (printed)
        {
            printed.Append(line.Data).Append(line.Data is null ? "" : "\n");
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
