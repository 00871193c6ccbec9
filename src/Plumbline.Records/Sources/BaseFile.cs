using System.IO.Compression;
using System.Security.Cryptography;
using Plumbline.Records.Project;

namespace Plumbline.Records.Sources;

/// <summary>One file of the base data, on this machine or in S3.</summary>
public sealed class BaseFile
{
    private readonly Func<(Stream Content, SourceObject? Read)> open;
    private string? sha256;

    /// <param name="name">The file's name in messages: a path in the project's folder, or an S3 URI.</param>
    /// <param name="format">The format of the content.</param>
    /// <param name="open">
    /// Opens the stored bytes, which may be read once or more; and says which object in S3 they are of, if any.
    /// </param>
    public BaseFile(string name, SourceFormat format, Func<(Stream Content, SourceObject? Read)> open)
    {
        (Name, Format, this.open) = (name, format, open);
    }

    public string Name { get; }

    public SourceFormat Format { get; }

    /// <summary>The object that was read, with its hash; null before, and for a file on this machine.</summary>
    public SourceObject? Object { get; private set; }

    /// <summary>The number of rows that were read.</summary>
    public long Rows { get; internal set; }

    /// <summary>A folder for temporary files: a job's own, since its <c>/tmp</c> is in memory.</summary>
    public string Scratch { get; init; } = Path.GetTempPath();

    /// <summary>True if the stored bytes are the content as it is.</summary>
    public bool IsPlain => !FileNames.IsGzipped(Name);

    /// <summary>Opens the stored bytes.</summary>
    internal Stream OpenStored() => open().Content;

    /// <summary>SHA-256 of the stored bytes, in lower hex: of those that were read to their end, or else of the file.</summary>
    internal string Sha256()
    {
        if (sha256 is not null)
            return sha256;
        using var stored = OpenStored();
        return sha256 = Convert.ToHexStringLower(SHA256.HashData(stored));
    }

    /// <summary>A file on this machine.</summary>
    public static BaseFile OnDisk(string path, string name, SourceFormat format) =>
        new(
            name,
            format,
            // The readers have buffers of their own.
            () => (new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), null)
        );

    /// <summary>Opens the content, unpacked if it is gzipped.</summary>
    /// <exception cref="UserError">The object in S3 is gone or may not be read.</exception>
    public Stream Open()
    {
        (var content, Object) = open();
        // Objects in S3 were hashed when they were downloaded, and Parquet is not read in its order.
        if (Object is null && Format != SourceFormat.Parquet)
            content = new HashedFile(content, hash => sha256 = hash);
        return IsPlain ? content : new GZipStream(content, CompressionMode.Decompress);
    }
}
