using Plumbline.Aws.Formats;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.State;

/// <summary>The folder of all state, used by one process at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private const string Database = "plumbline.db";
    private const int WouldBlock = 11;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Folders whose files are useless without the database rows that name them.</summary>
    private static readonly string[] Named = ["objects", "repositories", "jobs"];

    private readonly FileStream held;

    private DataFolder(string root, FileStream held) => (Root, this.held) = (root, held);

    /// <summary>The absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>The path of the SQLite database.</summary>
    public string DatabaseFile => Path.Combine(Root, Database);

    /// <summary>The table of programs behind image URIs; the user writes it.</summary>
    public string ImagesFile => Path.Combine(Root, "images.json");

    /// <summary>The path of the database in a data folder that another process may be using.</summary>
    public static string DatabaseOf(string folder) => Path.Combine(folder, Database);

    /// <summary>True if the folder is the data folder of a local cloud, running or not.</summary>
    public static bool Is(string folder) => File.Exists(Path.Combine(folder, Database));

    /// <summary>Returns the path of a folder inside; creates it, durably, if missing.</summary>
    public string Folder(string name)
    {
        var path = Path.Combine(Root, name);
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            DurableFolder.FlushEntries(Root);
        }

        return path;
    }

    /// <summary>Creates the folder if missing, and a test file in it, which is removed again.</summary>
    /// <exception cref="UnusableDataException">The folder is not writable.</exception>
    public static void RequireWritable(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OnlyOwner);
            using var probe = new FileStream(
                Path.Combine(path, $"{Guid.NewGuid():N}.new"),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Options = FileOptions.DeleteOnClose,
                }
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Drops the name of the test file from the system's message.
            var reason = exception.Message.Split(" : ")[0].Split(" '")[0].TrimEnd('.');
            throw new UnusableDataException(
                $"this data folder cannot be written ({reason}): give yourself the right to write there, mount its disk writable, or name another folder with --data.",
                exception
            );
        }
    }

    /// <summary>Opens the folder, or creates it, for this process alone.</summary>
    /// <exception cref="IOException">Another process uses it.</exception>
    /// <exception cref="UnusableDataException">
    /// It is not writable, or it has files but its database is gone.
    /// </exception>
    public static DataFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        RequireWritable(root);
        try
        {
            // An advisory lock: the system releases it however the process ends.
            var held = new FileStream(
                Path.Combine(root, "lock"),
                FileMode.OpenOrCreate,
                FileAccess.Write,
                FileShare.None
            );
            // The folder may have been readable for all; from now on it holds keys and people's data.
            File.SetUnixFileMode(root, OnlyOwner);
            RefuseWithoutDatabase(root, held);
            return new DataFolder(root, held);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw new IOException("another local cloud is using this data folder.", exception);
        }
    }

    /// <summary>A new database would name none of the existing files, and the sweep would remove them all.</summary>
    private static void RefuseWithoutDatabase(string root, FileStream held)
    {
        var database = new FileInfo(Path.Combine(root, Database));
        if (database is { Exists: true, Length: > 0 })
        {
            return;
        }

        var left = Array.Find(Named, name => IsFilled(Path.Combine(root, name)));
        if (left is not null)
        {
            held.Dispose();
            throw new UnusableDataException(
                $"{database.FullName} is {(database.Exists ? "empty" : "missing")}, and {left}/ next to it is not empty: put the database back from a backup, or use another --data folder."
            );
        }
    }

    private static bool IsFilled(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    /// <summary>Writes <c>cloud.json</c> (mode 0600), from which the CLI reads the endpoint and the keys.</summary>
    public void WriteCloudFile(Uri endpoint, KeyPair keys)
    {
        var content = new CloudFile(
            new Uri(endpoint.GetLeftPart(UriPartial.Authority)),
            LocalCloudIdentity.Region,
            keys.AccessKeyId,
            keys.SecretAccessKey,
            Environment.ProcessId
        );
        DurableFile.Replace(CloudFile.In(Root), content.ToJson());
    }

    /// <summary>Releases the folder for another process.</summary>
    public void Dispose() => held.Dispose();
}
