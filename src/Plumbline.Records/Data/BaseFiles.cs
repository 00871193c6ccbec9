using System.Security.Cryptography;
using System.Text;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Records.Data;

/// <summary>The files of the base data, in the order in which their rows are read.</summary>
/// <param name="files">At least one file.</param>
public sealed class BaseFiles(IReadOnlyList<BaseFile> files)
{
    /// <summary>At least one file.</summary>
    public IReadOnlyList<BaseFile> Files { get; } = files;

    /// <summary>True if the rows come from objects in S3.</summary>
    public bool AreObjects => Files[0].Object is not null;

    /// <summary>True if a file or a folder is there.</summary>
    public static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    /// <summary>
    /// One file, or all tables of a folder and its subfolders, in the order of their names. CSV and JSON Lines may be
    /// gzipped.
    /// </summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="format">The format of all files; null if the extension of each tells it.</param>
    /// <exception cref="UserError">The path does not exist, or the folder has no table.</exception>
    public static BaseFiles Open(string path, SourceFormat? format = null) => new([.. OnDisk(path, format)]);

    /// <summary>The files of several paths; see <see cref="Open(string, SourceFormat?)"/>.</summary>
    /// <exception cref="UserError">A path does not exist, or a folder has no table.</exception>
    public static BaseFiles Open(IEnumerable<string> paths, SourceFormat? format) =>
        new([.. paths.SelectMany(path => OnDisk(path, format))]);

    /// <summary>
    /// Opens the rows of all files as one CSV with one header line. A column whose values cannot be cells is empty in it,
    /// as it must be ignored anyway.
    /// </summary>
    /// <exception cref="UserError">A file cannot be read, or the files have different columns.</exception>
    public Stream OpenAsOne()
    {
        if (Files is [{ Format: SourceFormat.Csv, IsPlain: true } only])
            return only.OpenStored();
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

    /// <summary>
    /// SHA-256 of the one file, in lower hex; of several files, and of objects in S3, that of their hashes. Files whose rows
    /// were read have been hashed on the way.
    /// </summary>
    public string Sha256()
    {
        if (!AreObjects && Files is [var only])
            return only.Sha256();
        var hashes = string.Concat(Files.Select(file => $"{file.Object?.Sha256 ?? file.Sha256()} {file.Name}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashes)));
    }

    private void Append(Stream one)
    {
        using var table = new BaseTable(this);
        var line = new List<byte>(1024);
        foreach (var name in table.Header)
            Add(line, Encoding.UTF8.GetBytes(name));
        Write(one, line);
        while (table.Read())
        {
            for (var i = 0; i < table.Header.Length; i++)
                Add(line, table.HasCells(i) ? table.Cell(i) : default);
            Write(one, line);
        }
    }

    private static void Add(List<byte> line, ReadOnlySpan<byte> cell)
    {
        // Line breaks stay, so that the rows of this CSV are the very rows of the files.
        if (cell.IndexOfAny(",\"\r\n"u8) < 0)
            line.AddRange(cell);
        else
            line.AddRange(Encoding.UTF8.GetBytes(Tables.CsvCells.Quote(Encoding.UTF8.GetString(cell))));
        line.Add((byte)',');
    }

    private static void Write(Stream one, List<byte> line)
    {
        line[^1] = (byte)'\n';
        one.Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line));
        line.Clear();
    }

    private static IEnumerable<BaseFile> OnDisk(string path, SourceFormat? format)
    {
        if (File.Exists(path))
        {
            // A file that is named is a table, whatever its name; plain CSV is the usual case.
            return
            [
                BaseFile.OnDisk(
                    path,
                    Path.GetFileName(path),
                    FileNames.FormatOf(path, format) ?? format ?? SourceFormat.Csv
                ),
            ];
        }
        if (!Directory.Exists(path))
            throw new UserError(path, "the file does not exist");
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path))!;
        BaseFile[] found =
        [
            .. Directory
                .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file =>
                    FileNames.FormatOf(file, format) is { } known
                        ? BaseFile.OnDisk(file, Path.GetRelativePath(above, file), known)
                        : null
                )
                .OfType<BaseFile>(),
        ];
        return found.Length > 0 ? found : throw new UserError(path, $"has no file that ends in {FileNames.Known}");
    }
}
