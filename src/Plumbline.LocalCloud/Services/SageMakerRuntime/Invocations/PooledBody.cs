using System.Buffers;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Invocations;

/// <summary>A complete request body in a pooled buffer.</summary>
internal readonly struct PooledBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private readonly byte[] buffer;

    private PooledBody(byte[] buffer, int length) => (this.buffer, Memory) = (buffer, buffer.AsMemory(0, length));

    /// <summary>The body's bytes; invalid after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>Reads the whole body of a request.</summary>
    /// <exception cref="AwsException">The body is larger than <see cref="ModelConnection.LargestBody"/>.</exception>
    public static async ValueTask<PooledBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > ModelConnection.LargestBody)
        {
            throw TooLarge();
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? FirstBuffer));
        var length = 0;
        try
        {
            var reader = request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var part = read.Buffer;
                if (length + part.Length > ModelConnection.LargestBody)
                {
                    throw TooLarge();
                }

                if (length + part.Length > buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(length + part.Length, buffer.Length * 2L));
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                part.CopyTo(buffer.AsSpan(length));
                length += (int)part.Length;
                reader.AdvanceTo(part.End);
                if (read.IsCompleted)
                {
                    return new PooledBody(buffer, length);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private static AwsException TooLarge() =>
        InvocationErrors.Validation(
            "1 validation error detected: Value at 'body' failed to satisfy constraint: "
                + $"Member must have length less than or equal to {ModelConnection.LargestBody}"
        );
}
