using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Loop.Home;

/// <summary>
/// The files that the images are built from, a published CLI, and the tag that is derived from them: a program that
/// writes an image's name always means the image of its own files.
/// </summary>
/// <param name="folder">The CLI's folder.</param>
public sealed class ImageContext(string folder)
{
    /// <summary>The file with the tag, in a context and in the image that is built from it.</summary>
    private const string TagFile = "images/tag";

    // The earliest time that a ZIP can hold: the same files give the same bytes.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<string> Own = new(() => new ImageContext(AppContext.BaseDirectory).Tag);

    /// <summary>The tag of this program's images; the same on this machine and inside the images.</summary>
    public static string OwnTag => Own.Value;

    /// <summary>
    /// 16 hexadecimal digits from the files' names and contents, without modes, which are lost on the way into an
    /// image.
    /// </summary>
    public string Tag => field ??= File.Exists(At(TagFile)) ? File.ReadAllText(At(TagFile)).Trim() : Hash();

    /// <summary>Writes the context as a ZIP.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        await using (var tag = await Entry(zip, TagFile).OpenAsync(cancellationToken))
        {
            await tag.WriteAsync(Encoding.UTF8.GetBytes(Tag + "\n"), cancellationToken);
        }

        foreach (var name in Names())
        {
            await using var to = await Entry(zip, name).OpenAsync(cancellationToken);
            await using var from = File.OpenRead(At(name));
            await from.CopyToAsync(to, cancellationToken);
        }
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = Epoch;
        return entry;
    }

    private string Hash()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Names())
        {
            using var file = File.OpenRead(At(name));
            all.AppendData(Encoding.UTF8.GetBytes($"{name}\0"));
            all.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset())[..16];
    }

    private string At(string name) => Path.Combine(folder, name);

    private IEnumerable<string> Names() =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(name => name != TagFile)
            .Order(StringComparer.Ordinal);
}
