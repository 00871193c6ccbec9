using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.State;

/// <summary>The folder of everything that the local cloud keeps, held by one process at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private const string Database = "plumbline.db";
    private const int WouldBlock = 11;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Folders whose files mean nothing without the rows that name them.</summary>
    private static readonly string[] Named = ["objects", "repositories", "jobs"];

    private readonly FileStream held;

    private DataFolder(string root, FileStream held) => (Root, this.held) = (root, held);

    /// <summary>Its absolute path.</summary>
    public string Root { get; }

    /// <summary>The SQLite database.</summary>
    public string DatabaseFile => Path.Combine(Root, Database);

    /// <summary>The table of programs behind image URIs, written by whoever starts the local cloud.</summary>
    public string ImagesFile => Path.Combine(Root, "images.json");

    /// <summary>The database of a data folder that another process may have.</summary>
    public static string DatabaseOf(string folder) => Path.Combine(folder, Database);

    /// <summary>True for the data folder of any local cloud, running or not.</summary>
    public static bool Is(string folder) => File.Exists(Path.Combine(folder, Database));

    /// <summary>A folder inside; where it was missing it is made, and its name is on disk.</summary>
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

    /// <summary>Makes the folder where it is missing, and a file in it, which is gone again.</summary>
    /// <exception cref="UnusableDataException">Nothing can be written there.</exception>
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
            // The system's words name the file that could not be made.
            var reason = exception.Message.Split(" : ")[0].Split(" '")[0].TrimEnd('.');
            throw new UnusableDataException(
                $"this data folder cannot be written ({reason}): give yourself the right to write there, mount its disk writable, or name another folder with --data.",
                exception
            );
        }
    }

    /// <summary>Opens the folder, or makes it, for this process alone.</summary>
    /// <exception cref="IOException">Another process has it.</exception>
    /// <exception cref="UnusableDataException">It cannot be written, or its database is gone, and what the database named is not.</exception>
    public static DataFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        RequireWritable(root);
        try
        {
            // An advisory lock that ends with the process, however it ends.
            var held = new FileStream(
                Path.Combine(root, "lock"),
                FileMode.OpenOrCreate,
                FileAccess.Write,
                FileShare.None
            );
            // The folder may have been there for all to read: keys and people's data are in it from now on.
            File.SetUnixFileMode(root, OnlyOwner);
            RefuseWithoutDatabase(root, held);
            return new DataFolder(root, held);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw new IOException("another local cloud is using this data folder.", exception);
        }
    }

    /// <summary>A new database would name none of the files that are there, and all would be swept.</summary>
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
                $"{database.FullName} is {(database.Exists ? "empty" : "missing")}, and {left}/ beside it is not empty: put the database back from a backup, or use another --data folder."
            );
        }
    }

    private static bool IsFilled(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    /// <summary>Writes <c>cloud.json</c>, from which the CLI reads where the local cloud is and how to sign; mode 0600.</summary>
    public void WriteCloudFile(Uri endpoint, KeyPair keys)
    {
        var content = new JsonObject
        {
            ["endpoint"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["region"] = LocalCloudIdentity.Region,
            ["accessKeyId"] = keys.AccessKeyId,
            ["secretAccessKey"] = keys.SecretAccessKey,
            ["processId"] = Environment.ProcessId,
        };
        DurableFile.Replace(Path.Combine(Root, "cloud.json"), content.ToJsonString(Indented));
    }

    /// <summary>Lets another process have the folder.</summary>
    public void Dispose() => held.Dispose();
}
