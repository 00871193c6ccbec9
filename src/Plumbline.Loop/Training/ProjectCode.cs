using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Plumbline.Loop.Project;
using Plumbline.Records;

namespace Plumbline.Loop.Training;

/// <summary>
/// A project's own code as .tar.gz: the scripts of script mode, a compiled C# program, or the program of
/// <c>quality.score</c>. Equal files give an equal key.
/// </summary>
/// <param name="Key">The key in the loop's bucket.</param>
/// <param name="Archive">The bytes of the .tar.gz.</param>
public sealed record ProjectCode(string Key, byte[] Archive)
{
    /// <summary>Packs the training code, after compiling it if it is C#; null if the project's algorithm needs none.</summary>
    /// <exception cref="UserError">A file is missing, or the program does not compile.</exception>
    public static async Task<ProjectCode?> OfAsync(ProjectFolder folder, CancellationToken cancellationToken)
    {
        var training = folder.Description.Training;
        if (training.IsDotnet())
        {
            return Pack(await DotnetProgram.BuildAsync(folder, Console.Error, cancellationToken), Layout.Code);
        }

        return training.IsPyTorch() ? Pack(ScriptsIn(folder), Layout.Code) : null;
    }

    private static string ScriptsIn(ProjectFolder folder)
    {
        var training = folder.Description.Training;
        var root = Path.Combine(folder.Root, training.Code);
        string[] scripts = training.HasHandler() ? ["train.py", "inference.py"] : ["train.py"];
        return Array.Find(scripts, name => !File.Exists(Path.Combine(root, name))) is { } missing
            ? throw new UserError(
                ProjectFolder.DescriptionFile,
                $"training.algorithm {training.Algorithm} needs {training.Code}/{missing}, which does not exist: create it"
            )
            : root;
    }

    /// <summary>Packs files of a folder.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="keyOf">The key by the SHA-256 of the files.</param>
    /// <param name="names">The files; null for all.</param>
    public static ProjectCode Pack(string root, Func<string, string> keyOf, IReadOnlyList<string>? names = null)
    {
        using var tar = new MemoryStream();
        Write(root, names ?? NamesIn(root), tar);
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(tar.GetBuffer().AsSpan(0, (int)tar.Length));
        }

        var hash = SHA256.HashData(tar.GetBuffer().AsSpan(0, (int)tar.Length));
        return new ProjectCode(keyOf(Convert.ToHexStringLower(hash)), packed.ToArray());
    }

    private static IEnumerable<string> NamesIn(string root) =>
        Directory
            .EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file))
            .Where(name => !name.Split('/').Contains("__pycache__"))
            .Order(StringComparer.Ordinal);

    private static void Write(string root, IEnumerable<string> names, Stream stream)
    {
        using var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var name in names)
        {
            using var content = File.OpenRead(Path.Combine(root, name));
            tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = content,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    Mode =
                        UnixFileMode.UserRead
                        | UnixFileMode.UserWrite
                        | UnixFileMode.GroupRead
                        | UnixFileMode.OtherRead,
                }
            );
        }
    }
}
