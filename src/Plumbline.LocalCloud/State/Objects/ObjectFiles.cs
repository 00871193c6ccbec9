using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>
/// The files that hold objects' bytes. A file is written once, under a name that was never used before. A file that a
/// method here returns is on disk, with its name, but only a database row makes it an object. The next start sweeps
/// files that no row names, because the process died between the two.
/// </summary>
internal sealed class ObjectFiles : IDisposable
{
    /// <summary>Buffer size in bytes: the network delivers pieces of a few KiB.</summary>
    private const int Gathered = 256 * 1024;

    private readonly string folder;
    private readonly SafeFileHandle folderHandle;
    private readonly string session = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private long count;

    public ObjectFiles(DataFolder data)
    {
        folder = data.Folder("objects");
        folderHandle = Libc.OpenFolder(folder);
    }

    /// <summary>The path of a file; it may disappear at any time unless a hard link holds its content.</summary>
    public string PathOf(string file) => Path.Combine(folder, file);

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="FileNotFoundException">It was replaced or deleted meanwhile.</exception>
    public SafeFileHandle Open(string file) =>
        File.OpenHandle(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Opens an object's file for reading.</summary>
    /// <exception cref="FileNotFoundException">It was replaced or deleted meanwhile.</exception>
    /// <exception cref="DamagedObjectException">Its length differs from its row.</exception>
    internal SafeFileHandle Open(StoredObject stored)
    {
        var handle = Open(stored.File);
        try
        {
            CheckLength(stored, RandomAccess.GetLength(handle));
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Checks the length of an object's file without opening it; always returns null.</summary>
    /// <inheritdoc cref="Open(StoredObject)" path="/exception"/>
    internal SafeFileHandle? Check(StoredObject stored)
    {
        CheckLength(stored, new FileInfo(PathOf(stored.File)).Length);
        return null;
    }

    /// <summary>Writes a new file; removes it if that fails.</summary>
    /// <param name="body">The bytes, read to their end.</param>
    /// <param name="length">The number of bytes, if known.</param>
    /// <param name="see">Gets the bytes in order as they pass.</param>
    /// <param name="cancellationToken">Cancels the reading of <paramref name="body"/>.</param>
    /// <returns>The new file's name and its size.</returns>
    public async Task<(string File, long Size)> WriteAsync(
        Stream body,
        long? length,
        Action<ReadOnlySpan<byte>> see,
        CancellationToken cancellationToken
    )
    {
        var file = NewName();
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length + 1 ?? Gathered, 1, Gathered));
        try
        {
            using var handle = File.OpenHandle(PathOf(file), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
            long size = 0;
            int gathered;
            do
            {
                gathered = await body.ReadAtLeastAsync(buffer, buffer.Length, false, cancellationToken);
                see(buffer.AsSpan(0, gathered));
                RandomAccess.Write(handle, buffer.AsSpan(0, gathered), size);
                size += gathered;
            } while (gathered == buffer.Length);

            RandomAccess.FlushToDisk(handle);
            RandomAccess.FlushToDisk(folderHandle);
            return (file, size);
        }
        catch
        {
            Remove(file);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Makes a hard link to an object's file, and returns its name.</summary>
    /// <inheritdoc cref="Open(StoredObject)" path="/exception"/>
    internal string Link(StoredObject stored)
    {
        _ = Check(stored);
        return Link(stored.File);
    }

    /// <summary>Makes a hard link to a file, and returns its name.</summary>
    /// <exception cref="FileNotFoundException">It was replaced or deleted meanwhile.</exception>
    public string Link(string file)
    {
        var link = NewName();
        Libc.HardLink(PathOf(file), PathOf(link));
        RandomAccess.FlushToDisk(folderHandle);
        return link;
    }

    /// <summary>Removes a file; its hard links keep the content.</summary>
    public void Remove(string file) => File.Delete(PathOf(file));

    /// <summary>The files of earlier processes, in use or not.</summary>
    public IEnumerable<string> OfEarlierSessions() =>
        Directory
            .EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path))
            .Where(file => !file.StartsWith(session, StringComparison.Ordinal));

    /// <inheritdoc/>
    public void Dispose() => folderHandle.Dispose();

    private static void CheckLength(StoredObject stored, long length)
    {
        if (length != stored.Size)
        {
            throw new DamagedObjectException(stored, $"has {length} bytes instead of {stored.Size}");
        }
    }

    private string NewName() => $"{session}-{Interlocked.Increment(ref count):x}";
}
