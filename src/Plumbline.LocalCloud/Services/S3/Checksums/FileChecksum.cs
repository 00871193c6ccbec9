using System.Buffers;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Checksums;

/// <summary>Checksums of bytes that are already on disk.</summary>
internal static class FileChecksum
{
    private const int Piece = 256 * 1024;

    /// <summary>The checksum of a file, base64.</summary>
    public static string Of(string algorithm, ObjectFiles files, string file, long size)
    {
        using var checksum = IncrementalChecksum.Of(algorithm);
        Read(files, file, size, [checksum]);
        return Convert.ToBase64String(checksum.Finish());
    }

    /// <summary>Passes a file's bytes to several checksums, reading them once.</summary>
    public static void Read(ObjectFiles files, string file, long size, IReadOnlyList<IncrementalChecksum> checksums)
    {
        using var handle = files.Open(file);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (long at = 0; at < size; )
            {
                var read = RandomAccess.Read(handle, buffer, at);
                foreach (var checksum in checksums)
                {
                    checksum.Append(buffer.AsSpan(0, read));
                }

                at += read > 0 ? read : throw new EndOfStreamException(file);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
