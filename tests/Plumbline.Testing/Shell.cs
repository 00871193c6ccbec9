using System.Diagnostics;

namespace Plumbline.Testing;

/// <summary>A program's output and exit code.</summary>
public sealed record ShellResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output of a program that must succeed.</summary>
    /// <exception cref="InvalidOperationException">The program failed; the message has its output.</exception>
    public string Succeeded() =>
        ExitCode == 0 ? Output : throw new InvalidOperationException($"Exit code {ExitCode}:\n{Output}\n{Error}");
}

/// <summary>Runs other programs, like a user's shell.</summary>
public static class Shell
{
    /// <summary>Long enough for builds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <exception cref="TimeoutException">The program did not end within 15 minutes, and was killed.</exception>
    public static async Task<ShellResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>>? environment = null,
        string? folder = null,
        string input = ""
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = LastingThread.Start(start);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var code = await process.EndAsync(Limit);
        return new ShellResult(code, await output.InTimeAsync(), await error.InTimeAsync());
    }
}
