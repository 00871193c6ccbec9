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
    // By default git writes loose objects and references without flushing them: a power loss would undo a push.
    private static readonly string[] Durable = ["-c", "core.fsync=all"];

    private const int NotStarted = 128;

    // Linux takes 128 KiB per argument; a character may be three bytes.
    private const int LongestArgument = 32 * 1024;

    public string Folder => folder;

    /// <summary>
    /// True if a text is an object's id, whole or shortened; git would take some other texts for options.
    /// </summary>
    public static bool IsId(string text) => text.Length is >= 4 and <= 40 && text.All(char.IsAsciiHexDigit);

    /// <summary>True if a program can get a text as an argument or in its environment.</summary>
    public static bool CanTake(string text) =>
        text.Length <= LongestArgument && !text.Contains('\0', StringComparison.Ordinal);

    /// <summary>Runs git; the caller judges a non-zero exit code.</summary>
    public async Task<GitResult> TryAsync(
        IEnumerable<string> arguments,
        ReadOnlyMemory<byte> input = default,
        IEnumerable<KeyValuePair<string, string>>? environment = null
    )
    {
        var line = arguments.ToList();
        if (!line.TrueForAll(CanTake))
        {
            return new GitResult(NotStarted, [], "An argument is too long or has a NUL character.");
        }

        using var process = Start(line, environment);
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

    /// <summary>Runs git and returns its output.</summary>
    /// <exception cref="IOException">Git ended with an error, which the message quotes.</exception>
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
