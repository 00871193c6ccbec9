using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// The folders of this machine that every program sees, read-only: its programs and libraries. Of <c>/etc</c> a program
/// sees an <see cref="EtcFolder"/>, and nothing else of the machine except <see cref="ShownPaths"/> and binds.
/// </summary>
internal static class SystemFolders
{
    private const string Opt = "/opt";

    /// <summary>A folder of the container contract, so never the machine's own.</summary>
    private const string Ml = "/opt/ml";

    private static readonly string[] Roots = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
    private static readonly string[] Stores = ["/nix/store", "/gnu/store"];

    /// <summary>Adds the options that show them.</summary>
    public static void AddTo(List<string> arguments)
    {
        foreach (var root in Roots.Concat(Stores).Where(Path.Exists))
        {
            Add(arguments, new DirectoryInfo(root));
        }

        AddOpt(arguments);
    }

    /// <summary>True if a path is one of them or lies in one, so that it is already shown.</summary>
    public static bool Have(string path) =>
        Roots.Concat(Stores).Append(Opt).Append("/etc/ssl").Any(root => path == root || ShownPaths.IsBelow(path, root))
        && path != Ml
        && !ShownPaths.IsBelow(path, Ml);

    /// <summary>
    /// A missing <c>/opt/ml</c> could not be made in a read-only <c>/opt</c>, so <c>/opt</c> is built entry by entry.
    /// </summary>
    private static void AddOpt(List<string> arguments)
    {
        arguments.AddRange(["--tmpfs", Opt]);
        foreach (var entry in Directory.Exists(Opt) ? new DirectoryInfo(Opt).EnumerateFileSystemInfos() : [])
        {
            if (entry.FullName != Ml)
            {
                Add(arguments, entry);
            }
        }

        foreach (var cloud in CloudsBelow(Opt))
        {
            arguments.AddRange(["--tmpfs", cloud, "--remount-ro", cloud]);
        }
    }

    /// <summary>A link stays a link, because some programs read its target.</summary>
    private static void Add(List<string> arguments, FileSystemInfo entry)
    {
        if (entry.LinkTarget is { } target)
        {
            arguments.AddRange(["--symlink", target, entry.FullName]);
        }
        else
        {
            arguments.AddRange(["--ro-bind-try", entry.FullName, entry.FullName]);
        }
    }

    /// <summary>Data folders of other local clouds, in a folder or one level below.</summary>
    private static IEnumerable<string> CloudsBelow(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 };
        return Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, "*", options).Where(DataFolder.Is)
            : [];
    }
}
