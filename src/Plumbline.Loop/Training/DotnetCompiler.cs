using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Plumbline.Records;

namespace Plumbline.Loop.Training;

/// <summary>
/// <c>dotnet publish</c> for a C# project. Equal sources give equal bytes, wherever the project's folder is: the key of
/// the code in S3 is their hash.
/// </summary>
/// <param name="root">The project's folder.</param>
/// <param name="project">The path of the .csproj in it.</param>
/// <param name="log">Gets what the compiler prints.</param>
internal sealed partial class DotnetCompiler(string root, string project, TextWriter log)
{
    private const string NoSdk =
        "the .NET 10 SDK, which compiles it, is missing: install it (https://dotnet.microsoft.com/download)";

    private readonly List<string> lines = [];

    /// <param name="cache">The folder of intermediate files.</param>
    /// <param name="output">The folder that gets the program.</param>
    /// <param name="cancellationToken">Ends the compiler.</param>
    /// <exception cref="UserError">The program does not compile, or there is no compiler.</exception>
    public async Task RunAsync(string cache, string output, CancellationToken cancellationToken)
    {
        using var process = Start(cache, output);
        process.StandardInput.Close();
        await Task.WhenAll(
            ReadAsync(process.StandardOutput, cancellationToken),
            ReadAsync(process.StandardError, cancellationToken)
        );
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new UserError(project, $"does not compile: {Reason()}");
        }
    }

    private Process Start(string cache, string output)
    {
        var start = new ProcessStartInfo(Dotnet(), Arguments(cache, output))
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // Errors are found by their English words, and no server of the compiler stays behind.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // The compiler needs no tables of languages, which a small machine may lack.
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new UserError(project, NoSdk);
        }
    }

    /// <summary>The host that runs this program, or the one on the PATH.</summary>
    private static string Dotnet() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

    private IEnumerable<string> Arguments(string cache, string output) =>
        [
            "publish",
            project,
            "--configuration",
            "Release",
            // Packages with native libraries for each system would make the program many times as large.
            "--runtime",
            RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64",
            "--no-self-contained",
            "--artifacts-path",
            cache,
            "--output",
            output,
            "-nologo",
            "-verbosity:quiet",
            "-consoleLoggerParameters:NoSummary",
            "-nodeReuse:false",
            "-p:UseSharedCompilation=false",
            "-p:UseAppHost=false",
            "-p:RollForward=Major",
            // Line numbers in the training's log, without paths and commits that would change the program's bytes.
            "-p:DebugType=embedded",
            "-p:Deterministic=true",
            "-p:IncludeSourceRevisionInInformationalVersion=false",
            $"-p:PathMap={Escaped($"{root}/=/_/,{cache}/=/_obj/")}",
            $"-p:{DotnetProgram.LibraryProperty}={Escaped(DotnetProgram.Library)}",
        ];

    /// <summary>MSBuild reads these characters as separators.</summary>
    private static string Escaped(string value) =>
        value
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace(";", "%3B", StringComparison.Ordinal)
            .Replace(",", "%2C", StringComparison.Ordinal);

    private async Task ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
                log.WriteLine(line);
            }
        }
    }

    /// <summary>The first error, with its file relative to the project's folder, and the number of the others.</summary>
    private string Reason()
    {
        if (lines.Exists(line => line.Contains("No .NET SDKs were found", StringComparison.Ordinal)))
        {
            return NoSdk;
        }

        var errors = lines.Where(line => ErrorLine().IsMatch(line)).Distinct().ToList();
        var first = errors.FirstOrDefault() ?? lines.LastOrDefault(line => line.Trim().Length > 0) ?? "";
        var more = errors.Count > 1 ? $" (and {Plural.Of(errors.Count - 1, "more error", "more errors")})" : "";
        return InProject().Replace(first, "").Replace(root + "/", "", StringComparison.Ordinal).Trim() + more;
    }

    [GeneratedRegex(@"\berror [A-Z]+[0-9]+: ")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@" \[[^\]]+\.csproj[^\]]*\]$")]
    private static partial Regex InProject();
}
