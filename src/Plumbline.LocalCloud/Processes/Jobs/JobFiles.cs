using Plumbline.LocalCloud.Processes.Supervision;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// Reads what a program left, without being led elsewhere: links are not followed, and pipes are not waited for. A
/// running program may swap a folder for a link between two looks, so that an opened file is asked where it is.
/// </summary>
internal static class JobFiles
{
    /// <summary>All files below a folder, by their paths from it with forward slashes, in order.</summary>
    public static IEnumerable<string> Names(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = true,
        };
        return Directory
            .EnumerateFiles(folder, "*", options)
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Opens a file below a folder; null where it is no ordinary file there any more.</summary>
    public static FileStream? TryOpen(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            var handle = Libc.OpenNoFollow(path);
            var where = File.ResolveLinkTarget(
                $"/proc/self/fd/{handle.DangerousGetHandle()}",
                returnFinalTarget: false
            );
            if (where?.FullName == Path.Combine(RealPath(folder), name))
            {
                var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
                if (stream.CanSeek)
                {
                    return stream;
                }

                stream.Dispose();
            }

            handle.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The folder lies below the data folder, which may itself be reached by a link.</summary>
    private static string RealPath(string folder)
    {
        using var handle = Libc.OpenNoFollow(folder);
        return File.ResolveLinkTarget(
            $"/proc/self/fd/{handle.DangerousGetHandle()}",
            returnFinalTarget: false
        )!.FullName;
    }
}
