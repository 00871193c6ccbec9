using System.Diagnostics;
using System.Text;

namespace Plumbline.LocalCloud.Services.CodeCommit;

/// <summary>The output and the exit code of a run of the git program.</summary>
internal sealed record GitResult(int ExitCode, byte[] Output, string Error)
{
    public string Text => Encoding.UTF8.GetString(Output).TrimEnd('\n');
}

/// <summary>The git program, in one bare repository.</summary>
internal sealed class Git(string folder)
{
    // By git's default loose objects and references are written and not flushed: a power loss would take back a push.
    private static readonly string[] Durable = ["-c", "core.fsync=all"];

    public string Folder => folder;

    /// <summary>Runs git; a non-zero exit is the caller's to judge.</summary>
    public async Task<GitResult> TryAsync(
        IEnumerable<string> arguments,
        ReadOnlyMemory<byte> input = default,
        IEnumerable<KeyValuePair<string, string>>? environment = null
    )
    {
        using var process = Start(arguments, environment);
        await using (var stdin = process.StandardInput.BaseStream)
        {
            await stdin.WriteAsync(input);
        }

        using var output = new MemoryStream();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return new GitResult(process.ExitCode, output.ToArray(), (await error).Trim());
    }

    /// <summary>Runs git and returns what it printed.</summary>
    /// <exception cref="IOException">It ended with an error, which the message quotes.</exception>
    public async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        var result = await TryAsync(arguments);
        return result.ExitCode == 0
            ? result.Text
            : throw new IOException($"git {string.Join(' ', arguments)}: {result.Error}");
    }

    /// <summary>Starts git with all three streams piped.</summary>
    public Process Start(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var start = new ProcessStartInfo("git", [.. Durable, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A person's own configuration must not change what the local cloud answers.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_DIR"] = folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value.Length == 0 ? null : value;
        }

        return Process.Start(start)!;
    }
}
