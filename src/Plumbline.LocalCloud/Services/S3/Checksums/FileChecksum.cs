using System.Buffers;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Checksums;

/// <summary>The checksum of bytes that are on disk already.</summary>
internal static class FileChecksum
{
    private const int Piece = 256 * 1024;

    /// <summary>The checksum of a file, base64.</summary>
    public static string Of(string algorithm, ObjectFiles files, string file, long size)
    {
        using var handle = files.Open(file);
        using var checksum = IncrementalChecksum.Of(algorithm);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (long at = 0; at < size; )
            {
                var read = RandomAccess.Read(handle, buffer, at);
                checksum.Append(buffer.AsSpan(0, read));
                at += read > 0 ? read : throw new EndOfStreamException(file);
            }

            return Convert.ToBase64String(checksum.Finish());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
