using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Records;
using Plumbline.Records.Quality;

namespace Plumbline.Jobs.Score;

/// <summary>
/// The process of a score program. It runs in the job's sandbox, and gets none of the job's credentials. What it prints to
/// standard error is the job's log.
/// </summary>
internal sealed class ScoreProcess : IDisposable
{
    private const string CompiledEnd = ".runtimeconfig.json";
    private const int KeptLines = 50;
    private readonly Process process;
    private readonly Queue<string> said = new();
    private readonly Task reading;
    private Task<string?>? next;

    private ScoreProcess(Process process)
    {
        this.process = process;
        reading = ReadErrorsAsync();
    }

    /// <exception cref="UserError">The folder contains no program, or Python is missing.</exception>
    public static ScoreProcess Start(string folder, string name)
    {
        string[] command = Directory.GetFiles(folder, $"*{CompiledEnd}") is [var compiled]
            ? [Host(), compiled[..^CompiledEnd.Length] + ".dll"]
            : ["python3", "-c", Wrapper(), Path.Combine(folder, Path.GetFileName(name))];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (
            var variable in start
                .Environment.Keys.Where(key => key.StartsWith("AWS_", StringComparison.Ordinal))
                .ToList()
        )
        {
            start.Environment.Remove(variable);
        }

        try
        {
            return new ScoreProcess(Process.Start(start)!);
        }
        catch (Win32Exception missing)
        {
            throw new UserError(name, $"cannot be started by {command[0]}: {missing.Message}");
        }
    }

    /// <summary>Writes all examples, and ends the program's input. A program that has ended does not read them.</summary>
    public async Task WriteAsync(IReadOnlyList<AnsweredTruth> examples, CancellationToken ct)
    {
        try
        {
            foreach (var example in examples)
            {
                var line = new JsonObject
                {
                    ["id"] = example.Id,
                    ["answer"] = JsonNode.Parse(example.Answer),
                    ["truth"] = JsonNode.Parse(example.Truth),
                };
                await process.StandardInput.WriteLineAsync(line.ToJsonString().AsMemory(), ct);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The reader reports the end of the program.
        }
    }

    /// <summary>The next line of the program; null after its last.</summary>
    public async Task<(string? Line, bool IsLate)> ReadAsync(TimeSpan patience, CancellationToken ct)
    {
        next ??= process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask();
        try
        {
            var line = await next.WaitAsync(patience, ct);
            next = null;
            return (line, false);
        }
        catch (TimeoutException)
        {
            return (null, true);
        }
    }

    /// <summary>Waits for the end of a program that writes nothing more.</summary>
    public async Task<ScoreEnd> EndAsync(TimeSpan patience, CancellationToken ct)
    {
        try
        {
            await process.WaitForExitAsync(ct).WaitAsync(patience, ct);
            await reading.WaitAsync(patience, ct);
            return new ScoreEnd(process.ExitCode, said.LastOrDefault(line => line.Trim().Length > 0));
        }
        catch (TimeoutException)
        {
            return new ScoreEnd(-1, "it closed its output and did not end");
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            said.Enqueue(line);
            if (said.Count > KeptLines)
            {
                said.Dequeue();
            }
        }
    }

    /// <summary>Calls the function <c>score</c> of a Python file for each line.</summary>
    private static string Wrapper()
    {
        using var stream = typeof(ScoreProcess).Assembly.GetManifestResourceStream("score_lines.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The dotnet that runs this program.</summary>
    private static string Host() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
}

/// <summary>The end of a score program.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="LastLine">Its last line on standard error; null if it said nothing.</param>
internal sealed record ScoreEnd(int Code, string? LastLine)
{
    /// <summary>The last line as the end of a sentence.</summary>
    public string Said() => LastLine is null ? "" : $": {LastLine}";
}
