using System.Security.Cryptography;
using System.Text;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Training;

/// <summary>
/// A project's own C# program, compiled for the jobs image. The compiler writes into a folder of the user's cache: the
/// project's folder stays clean, and a second call compiles only changes.
/// </summary>
public static class DotnetProgram
{
    /// <summary>The MSBuild property that names the folder of Plumbline.Training.dll, with a slash at its end.</summary>
    public const string LibraryProperty = "PlumblineTraining";

    /// <summary>Each program has one beside its .dll.</summary>
    private const string ProgramFiles = "*.runtimeconfig.json";

    /// <summary>The folder of Plumbline.Training.dll beside this program.</summary>
    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "training/");

    /// <summary>Compiles the training program of a project into a folder of its own.</summary>
    /// <param name="folder">A project with <c>training.algorithm: dotnet</c>.</param>
    /// <param name="log">Receives the compiler's lines.</param>
    /// <param name="cancellationToken">Ends the compiler.</param>
    /// <returns>The folder that contains the compiled program, and nothing else.</returns>
    /// <exception cref="UserError">
    /// The folder does not have exactly one .csproj, the program does not compile, or it is a library.
    /// </exception>
    public static Task<string> BuildAsync(ProjectFolder folder, TextWriter log, CancellationToken cancellationToken) =>
        BuildAsync(
            folder,
            folder.Description.Training.Code,
            $"training.algorithm {TrainingDescription.Dotnet}",
            log,
            cancellationToken
        );

    /// <summary>Compiles a program of a project into a folder of its own.</summary>
    /// <param name="folder">The project.</param>
    /// <param name="code">The folder of the program, in the project.</param>
    /// <param name="key">The key in plumbline.yaml that asks for it, for messages.</param>
    /// <param name="log">Receives the compiler's lines.</param>
    /// <param name="cancellationToken">Ends the compiler.</param>
    /// <inheritdoc cref="BuildAsync(ProjectFolder, TextWriter, CancellationToken)"/>
    public static async Task<string> BuildAsync(
        ProjectFolder folder,
        string code,
        string key,
        TextWriter log,
        CancellationToken cancellationToken
    )
    {
        var project = ProjectFile(folder, code, key);
        var cache = CacheOf(Path.Combine(folder.Root, code));
        var output = Path.Combine(cache, "program");
        if (Directory.Exists(output))
        {
            // A file that the newest sources no longer give must not be packed.
            Directory.Delete(output, recursive: true);
        }

        await new DotnetCompiler(folder.Root, project, log).RunAsync(
            Path.Combine(cache, "build"),
            output,
            cancellationToken
        );
        return Directory.GetFiles(output, ProgramFiles).Length switch
        {
            1 => output,
            0 => throw new UserError(
                project,
                "is a library, which cannot run: write <OutputType>Exe</OutputType> into it"
            ),
            _ => throw new UserError(project, "gives several programs: let it refer to libraries only"),
        };
    }

    /// <summary>The path of the one .csproj, relative to the project's folder.</summary>
    private static string ProjectFile(ProjectFolder folder, string code, string key)
    {
        var root = Path.Combine(folder.Root, code);
        string[] files = Directory.Exists(root)
            ? [.. Directory.GetFiles(root, "*.csproj").Select(file => Path.GetFileName(file)).Order()]
            : [];
        return files switch
        {
            [var one] => Path.Combine(code, one),
            [] => throw Wrong($"{key} needs a C# project, but {code}/ has no .csproj: create one, or name its folder"),
            _ => throw Wrong(
                $"{key} needs one C# project, but {code}/ has {string.Join(" and ", files)}: "
                    + "keep one, and move the others into folders beside it"
            ),
        };
    }

    private static UserError Wrong(string problem) => new(ProjectFolder.DescriptionFile, problem);

    private static string CacheOf(string root)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16];
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(caches, "plumbline", "code", hash);
    }
}
