using Plumbline.LocalCloud.Processes.Supervision;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// What the sandbox shows again, read-only, of the folders that it empties: a program, a runtime or an environment that
/// lies below <c>/tmp</c> runs there as from anywhere else.
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

    /// <summary>Existing files and folders below the emptied ones, outer folders first.</summary>
    public static IEnumerable<string> Of(ProcessSpec spec) =>
        spec
            .Command.Where(File.Exists)
            .Select(Around)
            .Concat(Variables.SelectMany(name => Named(spec.Environment, name)))
            // As the path is, not as it is written: `/tmp/.` would show all of it.
            .Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))
            .Where(IsHidden)
            .Distinct()
            .OrderBy(path => path.Length);

    private static IEnumerable<string> Named(IReadOnlyDictionary<string, string> environment, string name) =>
        environment
            .GetValueOrDefault(name, "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.Exists)
            .Select(path => path.TrimEnd('/'))
            .Select(path => name == "PATH" ? Installation(path) : path);

    /// <summary>A program comes with its neighbours; one that lies in an emptied folder itself, alone.</summary>
    private static string Around(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        return IsHidden(folder) ? Installation(folder) : file;
    }

    /// <summary>A folder of programs stands in what they were installed into, such as a virtual environment.</summary>
    private static string Installation(string folder) =>
        Path.GetFileName(folder) == "bin" && Path.GetDirectoryName(folder) is { } parent && IsHidden(parent)
            ? parent
            : folder;

    private static bool IsHidden(string path) =>
        Array.Exists(Emptied, folder => path.StartsWith(folder + "/", StringComparison.Ordinal));
}
