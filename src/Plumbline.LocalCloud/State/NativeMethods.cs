using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.State;

/// <summary>System calls that .NET does not offer: hard links, and a folder's handle to flush its entries.</summary>
internal static partial class NativeMethods
{
    private const int ReadOnlyFolder = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC

    /// <summary>Opens a folder for <see cref="RandomAccess.FlushToDisk"/>.</summary>
    public static SafeFileHandle OpenFolder(string path)
    {
        var descriptor = Open(path, ReadOnlyFolder);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failed("open", path);
    }

    /// <summary>Makes <paramref name="target"/> another name of <paramref name="source"/>.</summary>
    /// <exception cref="FileNotFoundException">The source does not exist.</exception>
    public static void HardLink(string source, string target)
    {
        if (Link(source, target) != 0)
        {
            throw Failed("link", source);
        }
    }

    private static IOException Failed(string call, string path)
    {
        const int noEntry = 2;
        var error = Marshal.GetLastPInvokeError();
        var message = $"{call} {path}: {Marshal.GetPInvokeErrorMessage(error)}";
        return error == noEntry ? new FileNotFoundException(message, path) : new IOException(message, error);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string source, string target);
}
