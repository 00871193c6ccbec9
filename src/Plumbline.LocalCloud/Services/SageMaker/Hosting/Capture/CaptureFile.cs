using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;

/// <summary>
/// The S3 object that a file of captures becomes. It is kept in a second file, so the key is fixed before the first
/// capture.
/// </summary>
/// <param name="Bucket">The bucket that captures are stored in.</param>
/// <param name="Key">The object's key, with the hour and moment when the file was opened.</param>
/// <param name="RoleArn">The role that stores the object; null for the account's root.</param>
internal sealed record CaptureTarget(string Bucket, string Key, string? RoleArn)
{
    private const string Extension = ".target";

    /// <summary>The path of the file that keeps the target of the captures in <paramref name="path"/>.</summary>
    public static string FileOf(string path) => path + Extension;

    /// <summary>Lists the files of captures in a folder that are not stored yet.</summary>
    public static IEnumerable<string> Waiting(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Extension).Order().Select(path => path[..^Extension.Length]);

    /// <summary>
    /// Reads a file's target. Returns null if the local cloud ended while it wrote the target, which is before any
    /// capture.
    /// </summary>
    public static CaptureTarget? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<CaptureTarget>(File.ReadAllBytes(FileOf(path)));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// A file that captures are written to. When <see cref="Write"/> returns, the kernel has the line, so a kill of this
/// process cannot lose it.
/// </summary>
internal sealed class CaptureFile : IDisposable
{
    private readonly SafeFileHandle handle;
    private long length;

    private CaptureFile(string path, SafeFileHandle handle, DateTimeOffset opened, long openedAt) =>
        (Path, this.handle, Hour, OpenedAt) = (path, handle, HourOf(opened), openedAt);

    public string Path { get; }

    /// <summary>The civil hour of its opening, as <see cref="HourOf"/> counts.</summary>
    public long Hour { get; }

    /// <summary>The real time of its opening, as a timestamp of the real clock.</summary>
    public long OpenedAt { get; }

    /// <summary>The number of bytes written.</summary>
    public long Length => length;

    /// <summary>Opens a new file for an endpoint's variant.</summary>
    /// <param name="folder">The folder of the file until it is stored.</param>
    /// <param name="place">The bucket, and the key's prefix up to the variant.</param>
    /// <param name="roleArn">The role that will store the file.</param>
    /// <param name="now">The civil time.</param>
    /// <param name="openedAt">A timestamp of the real clock.</param>
    public static CaptureFile Open(
        string folder,
        (string Bucket, string Prefix) place,
        string? roleArn,
        DateTimeOffset now,
        long openedAt
    )
    {
        var id = Guid.NewGuid();
        var moment = now.UtcDateTime.ToString("yyyy/MM/dd/HH/mm-ss-fff", CultureInfo.InvariantCulture);
        var target = new CaptureTarget(place.Bucket, $"{place.Prefix}{moment}-{id}.jsonl", roleArn);
        var path = System.IO.Path.Combine(folder, $"{id:N}.jsonl");
        File.WriteAllBytes(CaptureTarget.FileOf(path), JsonSerializer.SerializeToUtf8Bytes(target));
        return new CaptureFile(
            path,
            File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read),
            now,
            openedAt
        );
    }

    /// <summary>Returns the hours since the year 1.</summary>
    public static long HourOf(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;

    /// <summary>Adds a line. Not thread-safe.</summary>
    /// <exception cref="IOException">
    /// The disk is full; the next line overwrites what was written of this line.
    /// </exception>
    public void Write(ReadOnlySpan<byte> line)
    {
        RandomAccess.Write(handle, line, length);
        length += line.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
