using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Capture;

/// <summary>Where a file of captures goes; kept beside it, so that its key is fixed before its first line.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key, with the hour and moment when the file was opened.</param>
/// <param name="RoleArn">In whose name it is stored; null for the account's own.</param>
internal sealed record CaptureTarget(string Bucket, string Key, string? RoleArn)
{
    private const string Extension = ".target";

    /// <summary>The file that tells where the captures in <paramref name="path"/> go.</summary>
    public static string FileOf(string path) => path + Extension;

    /// <summary>The files of captures in a folder that are waiting to be stored.</summary>
    public static IEnumerable<string> Waiting(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Extension).Order().Select(path => path[..^Extension.Length]);

    /// <summary>Reads what was kept beside a file; null where the server ended while writing it, so before any line.</summary>
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

/// <summary>A file that captures are being written to. A line is with the kernel, out of this process's reach, when <see cref="Write"/> returns.</summary>
internal sealed class CaptureFile : IDisposable
{
    private readonly SafeFileHandle handle;
    private long length;

    private CaptureFile(string path, SafeFileHandle handle, DateTimeOffset opened, long openedAt) =>
        (Path, this.handle, Hour, OpenedAt) = (path, handle, HourOf(opened), openedAt);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The civil hour that it belongs to.</summary>
    public long Hour { get; }

    /// <summary>Real time of its opening, as a timestamp of the real clock.</summary>
    public long OpenedAt { get; }

    /// <summary>Bytes in it.</summary>
    public long Length => length;

    /// <summary>Opens a new file for an endpoint's variant.</summary>
    /// <param name="folder">Where it lies until it is stored.</param>
    /// <param name="place">Bucket and prefix, up to the variant.</param>
    /// <param name="roleArn">In whose name it will be stored.</param>
    /// <param name="now">Civil time.</param>
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

    /// <summary>Hours since the year 1.</summary>
    public static long HourOf(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;

    /// <summary>Adds a line. Not for two threads at once.</summary>
    /// <exception cref="IOException">The disk is full; nothing of the line counts.</exception>
    public void Write(ReadOnlySpan<byte> line)
    {
        RandomAccess.Write(handle, line, length);
        length += line.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
