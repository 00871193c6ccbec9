using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// The parts of the emptied folders that the sandbox shows again, read-only: a program, a runtime or an environment that
/// lies below <c>/tmp</c> runs there as from anywhere else. Only the server's own choice counts, never a request's.
/// </summary>
internal static class ShownPaths
{
    /// <summary>The folders of which a program has its own.</summary>
    public static readonly string[] Emptied = ["/tmp", "/var/tmp"];

    /// <summary>Variables that name files or folders which programs are loaded from, several with colons between them.</summary>
    private static readonly string[] Variables =
    [
        "PATH",
        "LD_LIBRARY_PATH",
        "PYTHONPATH",
        "DOTNET_ROOT",
        "PYENV_ROOT",
        "VIRTUAL_ENV",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
    ];

    /// <summary>Binds of existing files and folders below the emptied ones, none within another.</summary>
    /// <param name="programs">Words of a command; those that name files count.</param>
    /// <param name="environment">The server's environment.</param>
    /// <param name="data">The data folder, which is not shown; nor is a folder that holds it.</param>
    public static IReadOnlyList<Bind> Of(
        IEnumerable<string> programs,
        IReadOnlyDictionary<string, string> environment,
        string data
    )
    {
        string[] kept = [Libc.RealPath(data), .. Emptied];
        var binds = programs
            .Where(File.Exists)
            .Select(Path.GetFullPath)
            // A link is shown where it lies, and so is the program that it leads to, with its neighbours.
            .SelectMany(file => (string[])[file, Libc.RealPath(file)])
            .Select(Around)
            .Append([PythonStart.Folder])
            .Concat(Variables.SelectMany(name => Named(environment, name)))
            .SelectMany(choices => Show(choices, kept))
            .Distinct()
            .ToList();
        return [.. binds.Where(bind => !binds.Exists(other => IsBelow(bind.Target, other.Target)))];
    }

    private static IEnumerable<string[]> Named(IReadOnlyDictionary<string, string> environment, string name) =>
        environment
            .GetValueOrDefault(name, "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            // As the path is, not as it is written: `/tmp/.` would show all of it.
            .Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))
            .Select(path => name == "PATH" ? Installation(path) : [path]);

    /// <summary>A program comes with its neighbours; one that lies where these must stay hidden, alone.</summary>
    private static string[] Around(string file) => [.. Installation(Path.GetDirectoryName(file)!), file];

    /// <summary>A folder of programs stands in the folder of its installation, such as a virtual environment.</summary>
    private static string[] Installation(string folder) =>
        Path.GetFileName(folder) == "bin" ? [Path.GetDirectoryName(folder)!, folder] : [folder];

    /// <summary>The first of the choices that may be shown, under its name and under the one that links lead to.</summary>
    private static IEnumerable<Bind> Show(string[] choices, string[] kept)
    {
        if (
            Array.Find(choices, choice => Path.Exists(choice) && MayBeShown(Libc.RealPath(choice), kept))
            is not { } path
        )
        {
            return [];
        }

        var real = Libc.RealPath(path);
        return new Bind[] { new(real, path), new(real, real) }.Where(bind => IsHidden(bind.Target));
    }

    private static bool MayBeShown(string real, string[] kept) =>
        !Array.Exists(kept, folder => folder == real || IsBelow(folder, real))
        && !IsBelow(real, kept[0])
        && !IsOfACloud(real);

    /// <summary>True where a path is the data folder of a local cloud, lies in one, or has one directly in it.</summary>
    private static bool IsOfACloud(string real)
    {
        for (var folder = real; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (DataFolder.Is(folder))
            {
                return true;
            }
        }

        return Directory.Exists(real)
            && Directory.EnumerateDirectories(real, "*", new EnumerationOptions()).Any(DataFolder.Is);
    }

    private static bool IsHidden(string path) => Array.Exists(Emptied, folder => IsBelow(path, folder));

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder == "/" ? folder : folder + "/", StringComparison.Ordinal) && path != folder;
}
