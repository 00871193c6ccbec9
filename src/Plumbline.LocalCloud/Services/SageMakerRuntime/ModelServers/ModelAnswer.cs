using System.Buffers;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.ModelServers;

/// <summary>The answer of a model server, in a pooled buffer; dispose it once.</summary>
internal sealed class ModelAnswer(int status, byte[] buffer) : IDisposable
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    /// <summary>The body's format, as the server names it.</summary>
    public string? ContentType { get; set; }

    /// <summary>Text that passes from the model to the caller.</summary>
    public string? CustomAttributes { get; set; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
