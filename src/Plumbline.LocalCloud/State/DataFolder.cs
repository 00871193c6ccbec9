using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway.Credentials;

namespace Plumbline.LocalCloud.State;

/// <summary>The folder of everything that the local cloud keeps, held by one process at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private const string Database = "plumbline.db";
    private const int WouldBlock = 11;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream held;

    private DataFolder(string root, FileStream held) => (Root, this.held) = (root, held);

    /// <summary>Its absolute path.</summary>
    public string Root { get; }

    /// <summary>The SQLite database.</summary>
    public string DatabaseFile => Path.Combine(Root, Database);

    /// <summary>The table of programs behind image URIs, written by whoever starts the local cloud.</summary>
    public string ImagesFile => Path.Combine(Root, "images.json");

    /// <summary>True for the data folder of any local cloud, running or not.</summary>
    public static bool Is(string folder) => File.Exists(Path.Combine(folder, Database));

    /// <summary>A folder inside, made if missing.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    /// <summary>Opens the folder, or makes it, for this process alone.</summary>
    /// <exception cref="IOException">Another process has it.</exception>
    public static DataFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        Directory.CreateDirectory(root, OnlyOwner);
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
            return new DataFolder(root, held);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw new IOException("another local cloud is using this data folder.", exception);
        }
    }

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
        var target = Path.Combine(Root, "cloud.json");
        var temporary = target + ".new";
        var onlyOwner = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var writer = new StreamWriter(temporary, onlyOwner))
        {
            writer.Write(content.ToJsonString(Indented));
        }

        File.Move(temporary, target, overwrite: true);
    }

    /// <summary>Lets another process have the folder.</summary>
    public void Dispose() => held.Dispose();
}
