using System.IO.Enumeration;
using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// The <c>/etc</c> of sandboxes: this machine's files that programs and libraries read, and a hosts file of their own.
/// The files are copies, because bubblewrap reads the table of mounts again for each bind, and fifty binds took longer
/// than the rest of a start.
/// </summary>
/// <param name="folder">The folder of the copies; each start brings them up to date.</param>
/// <param name="machine">The folder that is copied.</param>
internal sealed class EtcFolder(string folder, string machine = "/etc")
{
    /// <summary>A sandbox's host name: AWS's name for the first host of a job.</summary>
    public const string HostName = "algo-1";

    private const string Etc = "/etc";
    private const string Hosts = "hosts";

    /// <summary>
    /// Names in <c>/etc</c>; a star matches any text. They hold no passwords, keys or settings of services.
    /// </summary>
    private static readonly string[] Names =
    [
        "alternatives",
        "bash.bashrc",
        "ca-certificates",
        "ca-certificates.conf",
        "crypto-policies",
        "debian_version",
        "dotnet",
        "fonts",
        "gai.conf",
        "gitconfig",
        "group",
        "host.conf",
        "inputrc",
        "java-*",
        "ld.so.*",
        "locale.*",
        "localtime",
        "lsb-release",
        "magic",
        "magic.mime",
        "mime.types",
        "networks",
        "nsswitch.conf",
        "nvidia",
        "OpenCL",
        "os-release",
        "passwd",
        "perl",
        "pip.conf",
        "pki",
        "profile",
        "profile.d",
        "protocols",
        "python*",
        "resolv.conf",
        "rpc",
        "services",
        "shells",
        "ssl",
        "timezone",
        "vulkan",
    ];

    /// <summary>The folders below those that hold private keys.</summary>
    private static readonly string[] Keys =
    [
        "ssl/private",
        "pki/tls/private",
        "pki/CA/private",
        "pki/rsyslog",
        "pki/consumer",
        "pki/entitlement",
        "pki/nssdb",
    ];

    private readonly Lock gate = new();

    /// <summary>Brings the copies up to date, and adds the binds that show them.</summary>
    /// <param name="arguments">The arguments of bubblewrap.</param>
    /// <param name="shown">True if a link may stay a link, because its target is shown too.</param>
    /// <param name="places">
    /// Targets of later binds; those below <c>/etc</c> are made here, because it is shown read-only.
    /// </param>
    public void AddTo(List<string> arguments, Func<string, bool> shown, IEnumerable<Bind> places)
    {
        var entries = new DirectoryInfo(machine).EnumerateFileSystemInfos().Where(IsWanted).Where(IsForAll).ToList();
        var folders = entries.Where(entry => !Leads(entry, shown) && Directory.Exists(entry.FullName)).ToList();
        var below = places.Where(place => ShownPaths.IsBelow(place.Target, Etc)).ToList();
        lock (gate)
        {
            Directory.CreateDirectory(folder);
            foreach (var entry in entries.Except(folders))
            {
                Copy(entry, Leads(entry, shown));
            }

            foreach (var entry in folders)
            {
                Place(entry.Name, isFolder: true);
            }

            foreach (var place in below)
            {
                Place(Path.GetRelativePath(Etc, place.Target), Directory.Exists(place.Source));
            }

            WriteHosts();
            Forget([.. entries.Select(entry => entry.Name), Hosts, .. below.Select(Top)]);
        }

        arguments.AddRange(["--ro-bind", folder, Etc]);
        foreach (var entry in folders)
        {
            arguments.AddRange(["--ro-bind-try", entry.FullName, Path.Combine(Etc, entry.Name)]);
        }

        foreach (var keys in Keys.Where(keys => Directory.Exists(Path.Combine(machine, keys))))
        {
            arguments.AddRange(["--tmpfs", Path.Combine(Etc, keys), "--remount-ro", Path.Combine(Etc, keys)]);
        }
    }

    private static bool IsWanted(FileSystemInfo entry) =>
        Array.Exists(Names, name => FileSystemName.MatchesSimpleExpression(name, entry.Name, ignoreCase: false));

    /// <summary>True if every user of this machine may read it: programs may read nothing else.</summary>
    private static bool IsForAll(FileSystemInfo entry) => entry.UnixFileMode.HasFlag(UnixFileMode.OtherRead);

    private static bool Leads(FileSystemInfo entry, Func<string, bool> shown) =>
        entry.LinkTarget is { } target && shown(Path.GetFullPath(Path.Combine(Etc, target)));

    private static string Top(Bind place) => Path.GetRelativePath(Etc, place.Target).Split('/')[0];

    private void Copy(FileSystemInfo entry, bool asLink)
    {
        var copy = new FileInfo(Path.Combine(folder, entry.Name));
        if (asLink)
        {
            if (copy.LinkTarget != entry.LinkTarget)
            {
                Replace(copy, beside => File.CreateSymbolicLink(beside, entry.LinkTarget!));
            }

            return;
        }

        try
        {
            using var source = Libc.OpenFollowing(entry.FullName);
            var changed = File.GetLastWriteTimeUtc(source);
            if (
                !Libc.IsOrdinary(source)
                || (copy.Exists && copy.LastWriteTimeUtc == changed && copy.Length == RandomAccess.GetLength(source))
            )
            {
                return;
            }

            Replace(
                copy,
                beside =>
                {
                    using var content = new FileStream(source, FileAccess.Read);
                    using (var written = File.Create(beside))
                    {
                        content.CopyTo(written);
                    }

                    File.SetLastWriteTimeUtc(beside, changed);
                }
            );
        }
        catch (IOException) when (entry.LinkTarget is not null || !File.Exists(entry.FullName))
        {
            // A link that leads nowhere, or a file that was replaced at this moment.
            copy.Delete();
        }
    }

    /// <summary>Makes an empty file or folder for a bind to cover.</summary>
    private void Place(string name, bool isFolder)
    {
        var place = new FileInfo(Path.Combine(folder, name));
        if (isFolder && (place.Exists || place.LinkTarget is not null))
        {
            place.Delete();
        }

        if (isFolder)
        {
            Directory.CreateDirectory(place.FullName);
        }
        else if (!place.Exists)
        {
            Directory.CreateDirectory(place.DirectoryName!);
            place.Create().Dispose();
        }
    }

    /// <summary>
    /// Removes files that this machine no longer has. Empty folders stay: a running program may have a bind on one.
    /// </summary>
    private void Forget(HashSet<string> kept)
    {
        foreach (
            var left in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(left => !kept.Contains(left.Name))
        )
        {
            if (left is FileInfo || left.LinkTarget is not null)
            {
                left.Delete();
            }
        }
    }

    /// <summary>
    /// The machine's hosts file with the sandbox's own name: AWS's training toolkits wait until each host of
    /// <c>resourceconfig.json</c> has an address.
    /// </summary>
    private void WriteHosts()
    {
        var own = Path.Combine(machine, Hosts);
        var known = File.Exists(own) ? File.ReadAllText(own) : "127.0.0.1\tlocalhost";
        var text = $"{known.TrimEnd('\n')}\n127.0.0.1\t{HostName}\n";
        var copy = new FileInfo(Path.Combine(folder, Hosts));
        if (!copy.Exists || File.ReadAllText(copy.FullName) != text)
        {
            Replace(copy, beside => File.WriteAllText(beside, text));
        }
    }

    /// <summary>Replaces a file as a whole, so that no program reads half of it.</summary>
    private static void Replace(FileInfo copy, Action<string> write)
    {
        var beside = $"{copy.FullName}.{Guid.NewGuid():N}";
        write(beside);
        if (Directory.Exists(copy.FullName) && copy.LinkTarget is null)
        {
            Directory.Delete(copy.FullName);
        }

        File.Move(beside, copy.FullName, overwrite: true);
    }
}
