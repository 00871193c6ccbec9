using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// The parts of this machine that a sandbox shows, read-only, in addition to <see cref="SystemFolders"/>: a program, a
/// runtime or an environment in a home or below <c>/tmp</c> runs there as from anywhere else. Only the server's own
/// settings choose them, never a request.
/// </summary>
internal static class ShownPaths
{
    /// <summary>Folders of which each program has its own.</summary>
    public static readonly string[] Emptied = ["/tmp", "/var/tmp"];

    /// <summary>Names further folders that programs see, read-only, separated by colons.</summary>
    public const string More = "PLUMBLINE_SHOWN_PATHS";

    /// <summary>Variables that name files or folders from which programs are loaded, separated by colons.</summary>
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
        More,
    ];

    /// <summary>Folders that hold much more than programs, so they are never shown as a whole.</summary>
    private static readonly string[] Broad =
    [
        .. Emptied,
        .. (string[])["/etc", "/home", "/root", "/run", "/var", "/var/lib", "/srv", "/mnt", "/media", "/boot"],
        .. InHome("", ".local", ".local/share", ".config", ".cache", "Desktop", "Documents", "Downloads"),
    ];

    /// <summary>Folders of the kernel; a sandbox has its own.</summary>
    private static readonly string[] Kernel = ["/proc", "/sys", "/dev"];

    /// <summary>The user's files and folders that are never shown, nor a folder that holds one.</summary>
    private static readonly string[] Secrets =
    [
        .. InHome(".aws", ".ssh", ".gnupg", ".kube", ".docker", ".azure", ".config", ".password-store", ".mozilla"),
        .. InHome(".netrc", ".npmrc", ".pypirc", ".git-credentials", ".local/share/keyrings", ".m2/settings.xml"),
        .. InHome(".cargo/credentials", ".cargo/credentials.toml", ".gem/credentials", ".bash_history"),
    ];

    /// <summary>The user's home, as programs look for it; null if HOME names no folder.</summary>
    public static string? Home =>
        Environment.GetEnvironmentVariable("HOME") is { } home && Path.IsPathRooted(home) && home != "/"
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(home))
            : null;

    /// <summary>The environment by which the server chooses what to show.</summary>
    public static IReadOnlyDictionary<string, string> Chosen()
    {
        var environment = HostEnvironment.Variables();
        environment[More] = Environment.GetEnvironmentVariable(More) ?? "";
        return environment;
    }

    /// <summary>Returns binds for existing files and folders that are still hidden; none lies within another.</summary>
    /// <param name="programs">The words of a command; those that name files count.</param>
    /// <param name="environment">The server's environment.</param>
    /// <param name="data">The data folder. It is not shown, nor a folder that holds it.</param>
    public static IReadOnlyList<Bind> Of(
        IEnumerable<string> programs,
        IReadOnlyDictionary<string, string> environment,
        string data
    )
    {
        string[] secrets = [Libc.RealPath(data), .. Secrets.Where(Path.Exists).Select(Libc.RealPath)];
        var binds = programs
            .Where(File.Exists)
            .Select(Path.GetFullPath)
            // A link is shown where it lies, and its target is shown with its neighbours.
            .SelectMany(file => (string[])[file, Libc.RealPath(file)])
            .Select(Around)
            .Append([PythonStart.Folder])
            // Packages that a user's pip installed outside of an environment.
            .Concat(InHome(".local/lib").Select(folder => (string[])[folder]))
            .Concat(Variables.SelectMany(name => Named(environment, name)))
            .SelectMany(choices => Show(choices, secrets))
            .Distinct()
            .ToList();
        return [.. binds.Where(bind => !binds.Exists(other => IsBelow(bind.Target, other.Target)))];
    }

    private static IEnumerable<string[]> Named(IReadOnlyDictionary<string, string> environment, string name) =>
        environment
            .GetValueOrDefault(name, "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            // Normalized, because `/tmp/.` would show all of /tmp.
            .Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))
            .Select(path => name == "PATH" ? Installation(path) : [path]);

    /// <summary>A program is shown with its neighbours, or alone if these must stay hidden.</summary>
    private static string[] Around(string file) => [.. Installation(Path.GetDirectoryName(file)!), file];

    /// <summary>A folder of programs lies in the folder of its installation, such as a virtual environment.</summary>
    private static string[] Installation(string folder) =>
        Path.GetFileName(folder) == "bin" ? [Path.GetDirectoryName(folder)!, folder] : [folder];

    /// <summary>
    /// Binds the first of the choices that may be shown, under its name and under its path without links.
    /// </summary>
    private static IEnumerable<Bind> Show(string[] choices, string[] secrets)
    {
        // A quick check first: most of a PATH lies there, in folders of thousands of files.
        if (Array.TrueForAll(choices, SystemFolders.Have))
        {
            return [];
        }

        if (
            Array.Find(choices, choice => Path.Exists(choice) && MayBeShown(Libc.RealPath(choice), secrets))
            is not { } path
        )
        {
            return [];
        }

        var real = Libc.RealPath(path);
        return new Bind[] { new(real, path), new(real, real) }.Where(bind => IsHidden(bind.Target));
    }

    private static bool MayBeShown(string real, string[] secrets) =>
        !Array.Exists(Broad, folder => folder == real || IsBelow(folder, real))
        && !Array.Exists(Kernel, folder => folder == real || IsBelow(real, folder))
        && !Array.Exists(secrets, path => path == real || IsBelow(path, real) || IsBelow(real, path))
        && !IsOfACloud(real);

    /// <summary>True if a path is the data folder of a local cloud, lies in one, or directly holds one.</summary>
    public static bool IsOfACloud(string real)
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

    /// <summary>True if a path lies in a folder, and is not the folder itself.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder == "/" ? folder : folder + "/", StringComparison.Ordinal) && path != folder;

    private static bool IsHidden(string path) => !SystemFolders.Have(path);

    private static IEnumerable<string> InHome(params string[] names) =>
        Home is { } home ? names.Select(name => name == "" ? home : Path.Combine(home, name)) : [];
}
