using System.Buffers;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;

/// <summary>The answer of a model server, in a pooled buffer. Dispose it exactly once.</summary>
internal sealed class ModelAnswer(int status, byte[] buffer) : IDisposable
{
    public int Status => status;

    /// <summary>The server's Content-Type header, or null.</summary>
    public string? ContentType { get; set; }

    /// <summary>The model's header X-Amzn-SageMaker-Custom-Attributes, which is passed to the caller.</summary>
    public string? CustomAttributes { get; set; }

    /// <summary>The body's bytes; invalid after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
