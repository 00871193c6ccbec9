using System.IO.Hashing;
using System.Security.Cryptography;

namespace Plumbline.LocalCloud.Services.S3.Checksums;

/// <summary>One of S3's checksum algorithms, over bytes as they pass.</summary>
internal abstract class IncrementalChecksum : IDisposable
{
    /// <summary>Takes the next bytes.</summary>
    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Returns the checksum, big-endian if it is a number.</summary>
    public abstract byte[] Finish();

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <param name="algorithm">AWS's name from <see cref="ChecksumAlgorithm.Known"/>, such as CRC64NVME.</param>
    public static IncrementalChecksum Of(string algorithm) =>
        algorithm switch
        {
            "CRC32" => new Crc(new Crc32()),
            "CRC32C" => new Crc(new Crc32(Crc32ParameterSet.Crc32C)),
            "CRC64NVME" => new Crc(new Crc64(Crc64ParameterSet.Nvme)),
            "SHA1" => new Digest(HashAlgorithmName.SHA1),
            "SHA256" => new Digest(HashAlgorithmName.SHA256),
            "SHA512" => new Digest(HashAlgorithmName.SHA512),
            "MD5" => new Digest(HashAlgorithmName.MD5),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a checksum of S3's."),
        };

    private sealed class Crc(NonCryptographicHashAlgorithm crc) : IncrementalChecksum
    {
        public override void Append(ReadOnlySpan<byte> bytes) => crc.Append(bytes);

        public override byte[] Finish()
        {
            // The package writes these CRCs little-endian.
            var sum = crc.GetCurrentHash();
            Array.Reverse(sum);
            return sum;
        }
    }

    private sealed class Digest(HashAlgorithmName name) : IncrementalChecksum
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(name);

        public override void Append(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

        public override byte[] Finish() => hash.GetHashAndReset();

        public override void Dispose()
        {
            hash.Dispose();
            base.Dispose();
        }
    }
}
