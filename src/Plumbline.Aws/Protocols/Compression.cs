using System.IO.Compression;
using Plumbline.Aws.Errors;

namespace Plumbline.Aws.Protocols;

/// <summary>Unpacks compressed bodies: SDKs compress PutMetricData from 10 KiB on.</summary>
internal static class Compression
{
    private const int Limit = 16 * 1024 * 1024;

    public static ReadOnlyMemory<byte> Decode(WireRequest request)
    {
        if (!request.Headers.ContentEncoding.ToString().EndsWith("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return request.Body;
        }

        try
        {
            using var compressed = new GZipStream(new MemoryStream(request.Body.ToArray()), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (compressed.Read(buffer) is > 0 and var read)
            {
                plain.Write(buffer, 0, read);
                if (plain.Length > Limit)
                {
                    throw new AwsException(
                        "RequestEntityTooLarge",
                        413,
                        $"The body is over {Limit} bytes when unpacked."
                    );
                }
            }

            return plain.GetBuffer().AsMemory(0, (int)plain.Length);
        }
        catch (InvalidDataException error)
        {
            throw WireErrors.Serialization("The body is not gzip, as its Content-Encoding says", error);
        }
    }
}
