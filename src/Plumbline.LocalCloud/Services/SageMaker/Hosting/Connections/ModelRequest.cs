using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;

/// <summary>A request to a model server.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">For example <c>/invocations</c>.</param>
/// <param name="Body">The body's bytes; empty for GET.</param>
internal readonly record struct ModelRequest(string Method, string Path, ReadOnlyMemory<byte> Body)
{
    /// <summary>The caller's headers that are passed to the model.</summary>
    public ReadOnlyMemory<(string Name, string Value)> Headers { get; init; }

    /// <summary>Writes the request's head, with Host and Content-Length.</summary>
    public void WriteHead(IBufferWriter<byte> writer)
    {
        Write(writer, Method);
        Write(writer, " ");
        Write(writer, Path);
        Write(writer, " HTTP/1.1\r\nHost: model\r\n");
        foreach (var (name, value) in Headers.Span)
        {
            Write(writer, name);
            Write(writer, ": ");
            Write(writer, value);
            Write(writer, "\r\n");
        }

        if (Method != "GET")
        {
            Write(writer, "Content-Length: ");
            var span = writer.GetSpan(20);
            Body.Length.TryFormat(span, out var digits, provider: CultureInfo.InvariantCulture);
            writer.Advance(digits);
            Write(writer, "\r\n");
        }

        Write(writer, "\r\n");
    }

    private static void Write(IBufferWriter<byte> writer, string text) => Encoding.UTF8.GetBytes(text, writer);
}
