using System.IO.Compression;
using System.Security.Cryptography;

namespace Plumbline.Records.Data;

/// <summary>
/// The files of the base data: one CSV, or all CSVs of a folder and its subfolders, in the order of their names. Each may
/// be gzipped; such files are unpacked into a temporary folder for as long as this object lives.
/// </summary>
public sealed class BaseFiles : IDisposable
{
    private const string Gzip = ".gz";
    private static readonly string[] Extensions = [".csv", ".csv.gz"];
    private readonly string? scratch;

    private BaseFiles(IReadOnlyList<(string Path, string Name)> files, string? scratch)
    {
        Files = files;
        this.scratch = scratch;
    }

    /// <summary>Each file's path without compression, and its name in messages.</summary>
    public IReadOnlyList<(string Path, string Name)> Files { get; }

    /// <summary>True if a file or a folder is there.</summary>
    public static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    /// <exception cref="UserError">The folder has no CSV, or a gzipped file is damaged.</exception>
    public static BaseFiles Open(string path)
    {
        var found =
            File.Exists(path) ? [path]
            : Directory.Exists(path) ? Of(path)
            : throw new UserError(path, "the file does not exist");
        if (!found.Any(IsGzipped))
            return new BaseFiles([.. found.Select(file => (file, NameOf(file, path)))], scratch: null);
        var scratch = Directory.CreateTempSubdirectory("plumbline-base-").FullName;
        try
        {
            var files = found.Select(
                (file, i) =>
                    (IsGzipped(file) ? Unpack(file, Path.Combine(scratch, $"{i}.csv")) : file, NameOf(file, path))
            );
            return new BaseFiles([.. files], scratch);
        }
        catch
        {
            Directory.Delete(scratch, recursive: true);
            throw;
        }
    }

    /// <summary>Opens the rows of all files as one CSV with one header line.</summary>
    /// <exception cref="UserError">The files have different headers.</exception>
    public Stream OpenAsOne()
    {
        if (Files.Count == 1)
            return File.OpenRead(Files[0].Path);
        var one = new FileStream(
            Path.Combine(Path.GetTempPath(), $"plumbline-base-{Guid.NewGuid():N}.csv"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 64 * 1024,
            FileOptions.DeleteOnClose
        );
        try
        {
            Append(one);
            one.Position = 0;
            return one;
        }
        catch
        {
            one.Dispose();
            throw;
        }
    }

    /// <summary>SHA-256 of <see cref="OpenAsOne"/>, in lower hex.</summary>
    public string Sha256()
    {
        using var content = OpenAsOne();
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    public void Dispose()
    {
        if (scratch is not null)
            Directory.Delete(scratch, recursive: true);
    }

    private static bool IsGzipped(string file) => file.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string file, string path) =>
        file == path
            ? Path.GetFileName(file)
            : Path.GetRelativePath(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path))!, file);

    private static string[] Of(string folder)
    {
        string[] files =
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => Extensions.Any(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal),
        ];
        return files.Length > 0 ? files : throw new UserError(folder, "has no file that ends in .csv or .csv.gz");
    }

    private static string Unpack(string file, string to)
    {
        try
        {
            using var from = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            using var into = File.Create(to);
            from.CopyTo(into);
            return to;
        }
        catch (InvalidDataException)
        {
            throw new UserError(Path.GetFileName(file), "is damaged: it is not a complete gzip file");
        }
    }

    private void Append(Stream one)
    {
        byte[]? header = null;
        foreach (var (path, name) in Files)
        {
            using var file = File.OpenRead(path);
            var lines = new Tables.CsvLines(file);
            if (!lines.TryNext(out var first))
                throw new UserError($"{name}:1", "is empty; the first line must name the columns");
            first = first.TrimEnd((byte)'\r');
            if (header is null)
            {
                header = first.ToArray();
                Write(one, first);
            }
            else if (!first.SequenceEqual(header))
                throw new UserError(
                    $"{name}:1",
                    $"has another header than {Files[0].Name}; all files must name the same columns in the same order"
                );
            while (lines.TryNext(out var line))
                Write(one, line.TrimEnd((byte)'\r'));
        }
    }

    private static void Write(Stream one, ReadOnlySpan<byte> line)
    {
        one.Write(line);
        one.WriteByte((byte)'\n');
    }
}
