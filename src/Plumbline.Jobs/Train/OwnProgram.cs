using System.Formats.Tar;
using System.IO.Compression;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Train;

/// <summary>
/// The project's own C# program, which the channel <c>code</c> brings compiled. It trains instead of XGBoost, with the
/// folders, variables and arguments of AWS's script mode.
/// </summary>
internal sealed class OwnProgram(JobFolders folders)
{
    /// <summary>The channel with the archive.</summary>
    public const string Channel = "code";

    private const string ProgramEnd = ".runtimeconfig.json";

    /// <summary>True if the job brings a program.</summary>
    public bool IsGiven => Directory.Exists(folders.Channel(Channel));

    /// <summary>Runs the program, and checks the model that it left.</summary>
    /// <exception cref="InputException">The channel contains no program, or the model cannot be served.</exception>
    /// <exception cref="ProgramFailure">The program failed.</exception>
    /// <exception cref="StoppedException">The job was stopped.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var program = Unpack();
        var name = Path.GetFileName(program);
        var environment = new JobEnvironmentVariables(folders);
        Directory.CreateDirectory(folders.Model);
        var (code, lastLines) = await ProgramProcess.RunAsync(program, environment, stop);
        if (code != 0)
        {
            throw stop.IsCancellationRequested
                ? new StoppedException($"{name} was stopped")
                : new ProgramFailure(code, Reason(name, code, lastLines));
        }

        ServableFiles.Check(folders.Model, name, environment.Labels);
    }

    private string Unpack()
    {
        var archives = Directory.GetFiles(folders.Channel(Channel), "*.tar.gz");
        if (archives is not [var archive])
        {
            throw new InputException($"channel {Channel}", $"has {archives.Length} archives: it needs one .tar.gz");
        }

        var code = Path.Combine(folders.Root, "code");
        Directory.CreateDirectory(code);
        using (var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress))
        {
            TarFile.ExtractToDirectory(packed, code, overwriteFiles: true);
        }

        return Directory.GetFiles(code, $"*{ProgramEnd}") is [var found]
            ? found[..^ProgramEnd.Length] + ".dll"
            : throw new InputException(
                $"channel {Channel}",
                $"{Path.GetFileName(archive)} needs one file *{ProgramEnd}, which `dotnet publish` writes for a program"
            );
    }

    private static string Reason(string name, int code, IReadOnlyList<string> lastLines)
    {
        var said = lastLines.FirstOrDefault(line => line.StartsWith("Unhandled exception.", StringComparison.Ordinal));
        said ??= lastLines.LastOrDefault(line => line.Trim().Length > 0);
        return $"{name} ended with exit code {code}" + (said is null ? "" : $": {said}");
    }
}
