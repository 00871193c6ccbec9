using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;

/// <summary>The part of an invocation that is captured.</summary>
/// <param name="InputType">The request's Content-Type.</param>
/// <param name="Input">The request's body.</param>
/// <param name="OutputType">The answer's Content-Type.</param>
/// <param name="Output">The answer's body.</param>
/// <param name="InferenceId">The caller's inference id; null if the caller did not send one.</param>
/// <param name="Time">The civil time.</param>
internal readonly record struct CapturedInvocation(
    string? InputType,
    ReadOnlyMemory<byte> Input,
    string? OutputType,
    ReadOnlyMemory<byte> Output,
    string? InferenceId,
    DateTimeOffset Time
);

/// <summary>Writes captures in AWS's format, one JSON object per line.</summary>
internal static class CaptureLineWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    /// <summary>Returns the line with its line break; valid until the same thread writes the next line.</summary>
    public static ReadOnlySpan<byte> Write(in CapturedInvocation invocation, CaptureSettings settings)
    {
        buffer ??= new ArrayBufferWriter<byte>(4096);
        writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        writer.WriteStartObject();
        writer.WriteStartObject("captureData"u8);
        if (settings.Input)
        {
            WriteSide("endpointInput"u8, "INPUT"u8, invocation.InputType, invocation.Input.Span, settings);
        }

        if (settings.Output)
        {
            WriteSide("endpointOutput"u8, "OUTPUT"u8, invocation.OutputType, invocation.Output.Span, settings);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("eventMetadata"u8);
        writer.WriteString("eventId"u8, Guid.NewGuid());
        if (invocation.InferenceId is { } inferenceId)
        {
            writer.WriteString("inferenceId"u8, inferenceId);
        }

        var seconds = invocation.Time.UtcTicks / TimeSpan.TicksPerSecond;
        writer.WriteString("inferenceTime"u8, new DateTime(seconds * TimeSpan.TicksPerSecond, DateTimeKind.Utc));
        writer.WriteEndObject();
        writer.WriteString("eventVersion"u8, "0"u8);
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    private static void WriteSide(
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> mode,
        string? contentType,
        ReadOnlySpan<byte> body,
        CaptureSettings settings
    )
    {
        writer!.WriteStartObject(name);
        writer.WriteString("observedContentType"u8, contentType);
        writer.WriteString("mode"u8, mode);
        switch (settings.EncodingOf(contentType, body))
        {
            case CaptureEncoding.Csv:
                writer.WriteString("data"u8, body);
                writer.WriteString("encoding"u8, "CSV"u8);
                break;
            case CaptureEncoding.Json:
                writer.WriteString("data"u8, body);
                writer.WriteString("encoding"u8, "JSON"u8);
                break;
            default:
                writer.WriteBase64String("data"u8, body);
                writer.WriteString("encoding"u8, "BASE64"u8);
                break;
        }

        writer.WriteEndObject();
    }
}
