using Microsoft.Win32.SafeHandles;
using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// Reads files that a program left. Links cannot lead elsewhere, and pipes are not waited for. A running program may
/// replace a folder by a link between two checks, so the path of the opened file itself is checked.
/// </summary>
internal static class JobFiles
{
    /// <summary>True if a folder lies below another, with no link on the way.</summary>
    public static bool IsThere(string root, string below)
    {
        try
        {
            using var handle = Libc.OpenNoFollow(Path.Combine(root, below));
            return Libc.PathOf(handle) is { } real
                && Directory.Exists(real)
                && real == Path.Combine(RealPath(root), below);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Opens a file below a folder, with no link on the way; null if it is not an ordinary file there any more.
    /// </summary>
    /// <param name="folder">A folder that the program cannot move: links in its own path are followed.</param>
    /// <param name="name">The file's path from it.</param>
    public static FileStream? TryOpen(string folder, string name)
    {
        try
        {
            return Accept(
                Libc.OpenNoFollow(Path.Combine(folder, name)),
                path => path == Path.Combine(RealPath(folder), name)
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads the first bytes of a file below a folder; empty if it is not an ordinary file.</summary>
    public static byte[] ReadStart(string folder, string name, int most)
    {
        using var file = TryOpen(folder, name);
        return file is null ? [] : Read(file, most);
    }

    /// <summary>
    /// Reads a whole file below a folder; links may lead to it as long as they stay inside the folder.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file's path from it.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <exception cref="LeftFileException">It is missing, lies elsewhere, is not an ordinary file, or is too large.</exception>
    public static byte[] ReadWhole(string folder, string name, int most)
    {
        using var file = OpenInside(folder, name);
        var bytes = Read(file, most + 1);
        return bytes.Length <= most
            ? bytes
            : throw new LeftFileException($"{name}: the file has more than {most} bytes: make it smaller");
    }

    private static FileStream OpenInside(string folder, string name)
    {
        try
        {
            var root = RealPath(folder) + "/";
            return Accept(
                    Libc.OpenFollowing(Path.Combine(folder, name)),
                    path => path?.StartsWith(root, StringComparison.Ordinal) == true
                )
                ?? throw new LeftFileException(
                    $"{name}: this is not an ordinary file inside of the source: put the file itself there, not a link, a pipe or a device"
                );
        }
        catch (Exception exception)
            when (exception is IOException and not LeftFileException or UnauthorizedAccessException)
        {
            throw new LeftFileException($"{name}: the source has no such file, or it cannot be read");
        }
    }

    /// <summary>Returns a stream of an ordinary file in the right place; otherwise closes the file.</summary>
    private static FileStream? Accept(SafeFileHandle handle, Func<string?, bool> isThere)
    {
        if (Libc.IsOrdinary(handle) && isThere(Libc.PathOf(handle)))
        {
            return new FileStream(handle, FileAccess.Read, bufferSize: 0);
        }

        handle.Dispose();
        return null;
    }

    private static byte[] Read(FileStream file, int most)
    {
        var bytes = new byte[(int)Math.Min(file.Length, most)];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Returns the path without links: the data folder may itself be reached by a link.</summary>
    private static string RealPath(string folder)
    {
        using var handle = Libc.OpenNoFollow(folder);
        return Libc.PathOf(handle)!;
    }
}
