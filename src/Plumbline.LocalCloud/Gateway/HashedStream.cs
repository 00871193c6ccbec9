using System.Security.Cryptography;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>A body whose SHA-256 was signed: the read of its end fails if the hash is wrong.</summary>
/// <param name="inner">The body as sent; left open.</param>
/// <param name="expected">The hash, in hex.</param>
internal sealed class HashedStream(Stream inner, string expected) : BodyStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool verified;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..read]);
        if (read == 0 && !buffer.IsEmpty && !verified)
        {
            verified = true;
            if (!expected.Equals(Convert.ToHexStringLower(hash.GetHashAndReset()), StringComparison.OrdinalIgnoreCase))
            {
                throw SignatureErrors.Of(SignatureVerdict.BodyMismatch, "rest-xml");
            }
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
