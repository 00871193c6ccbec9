using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// The parts of a capture line that the join needs, as slices that are unescaped only on demand. A search finds them if
/// the members are in AWS's order, with or without blanks: a JSON string cannot contain a key with unescaped quotes.
/// The parser reads any other layout.
/// </summary>
internal ref struct CaptureLine
{
    private static ReadOnlySpan<byte> OutputKey => "\"endpointOutput\":"u8;
    private static ReadOnlySpan<byte> MetadataKey => "\"eventMetadata\":"u8;

    /// <summary>The ids as in the JSON, between the quotes; empty if missing.</summary>
    public ReadOnlySpan<byte> InferenceId;

    /// <inheritdoc cref="InferenceId"/>
    public ReadOnlySpan<byte> EventId;

    /// <summary>The key that joins the line's rows, as in the JSON: the inference id, else the event id.</summary>
    public readonly ReadOnlySpan<byte> Id => InferenceId.IsEmpty ? EventId : InferenceId;

    public ReadOnlySpan<byte> InferenceTime;

    public ReadOnlySpan<byte> Output;

    /// <summary>True if <see cref="Output"/> is base64.</summary>
    public bool OutputIsBase64;

    /// <exception cref="JsonException">The line is not a JSON object.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static CaptureLine Parse(ReadOnlySpan<byte> line)
    {
        var capture = new CaptureLine();
        if (!capture.TrySearch(line))
        {
            capture = new CaptureLine();
            capture.ReadTokens(line);
        }
        return capture;
    }

    /// <summary>Reads the inference time in whole seconds; false if it is invalid.</summary>
    public readonly bool TryTime(out DateTimeOffset time)
    {
        time = default;
        if (InferenceTime.Length < 19)
            return false;
        // The format up to the seconds is fixed; the rest only says UTC.
        Span<char> text = stackalloc char[19];
        for (var i = 0; i < text.Length; i++)
            text[i] = (char)InferenceTime[i];
        return DateTimeOffset.TryParseExact(
            text,
            "s",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out time
        );
    }

    /// <summary>
    /// The label of an answer with exactly one row in our own form, still escaped; empty for any other answer, which
    /// must be read in full. Most labelled rows of a run need only this.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly ReadOnlySpan<byte> SingleLabel()
    {
        var rest = Output;
        if (
            OutputIsBase64
            || !JsonText.TryTake(ref rest, "{\\\"predictions\\\":"u8)
            || !JsonText.TryTake(ref rest, "[{\\\"label\\\":"u8)
            || !JsonText.TryTake(ref rest, "\\\""u8)
            || !rest.EndsWith("}]}"u8)
        )
            return default;
        var end = rest.IndexOf((byte)'\\');
        // Another closing brace may belong to a second row; a backslash that does not escape a quote belongs to the
        // label.
        return end < 0 || rest[end + 1] != (byte)'"' || rest[..^3].Contains((byte)'}') ? default : rest[..end];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TrySearch(ReadOnlySpan<byte> line)
    {
        var output = line.IndexOf(OutputKey);
        var metadata = line.LastIndexOf(MetadataKey);
        return output >= 0
            && metadata > output
            && TryBody(line[(output + OutputKey.Length)..metadata])
            && TryFields(line[(metadata + MetadataKey.Length)..]);
    }

    /// <param name="body"><c>{"observedContentType":"t","mode":"OUTPUT","data":"...","encoding":"JSON"}},</c></param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryBody(ReadOnlySpan<byte> body)
    {
        if (
            !JsonText.TryTake(ref body, "{\"observedContentType\":"u8)
            || !JsonText.TryTakeString(ref body, out _)
            || !JsonText.TryTake(ref body, ","u8)
            || !JsonText.TryTake(ref body, "\"mode\":"u8)
            || !JsonText.TryTake(ref body, "\"OUTPUT\","u8)
            || !JsonText.TryTake(ref body, "\"data\":"u8)
            || !JsonText.TryTake(ref body, "\""u8)
        )
            return false;
        // The first such key belongs to this body. If the body does not end behind it, the request follows.
        var encoding = body.IndexOf("\"encoding\":"u8);
        if (encoding < 0)
            return false;
        var after = body[(encoding + 11)..];
        body = body[..encoding].TrimEnd(JsonText.Blanks);
        if (!body.EndsWith("\","u8) || !JsonText.TryTakeString(ref after, out var name))
            return false;
        Output = body[..^2];
        OutputIsBase64 = name.SequenceEqual("BASE64"u8);
        return JsonText.TryTake(ref after, "}"u8)
            && JsonText.TryTake(ref after, "}"u8)
            && JsonText.TryTake(ref after, ","u8)
            && after.Trim(JsonText.Blanks).IsEmpty;
    }

    /// <param name="fields">
    /// <c>{"eventId":"e","inferenceId":"i","inferenceTime":"t"},"eventVersion":"0"}</c>, the inference id maybe
    /// missing.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryFields(ReadOnlySpan<byte> fields)
    {
        if (!JsonText.TryTake(ref fields, "{\"eventId\":"u8) || !JsonText.TryTakeString(ref fields, out EventId))
            return false;
        if (!JsonText.TryTake(ref fields, ","u8))
            return false;
        if (
            JsonText.TryTake(ref fields, "\"inferenceId\":"u8)
            && !(JsonText.TryTakeString(ref fields, out InferenceId) && JsonText.TryTake(ref fields, ","u8))
        )
            return false;
        return JsonText.TryTake(ref fields, "\"inferenceTime\":"u8)
            && JsonText.TryTakeString(ref fields, out InferenceTime)
            && JsonText.TryTake(ref fields, "}"u8);
    }

    private void ReadTokens(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (TryEnter(ref reader, "captureData"u8))
                ReadCaptureData(ref reader);
            else if (TryEnter(ref reader, "eventMetadata"u8))
                ReadMetadata(ref reader);
            else
                reader.Skip();
        }
    }

    private void ReadCaptureData(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (TryEnter(ref reader, "endpointOutput"u8))
                ReadOutput(ref reader);
            else
                reader.Skip();
        }
    }

    private void ReadOutput(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = reader.ValueTextEquals("data"u8);
            var isEncoding = reader.ValueTextEquals("encoding"u8);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                reader.Skip();
            else if (isData)
                Output = reader.ValueSpan;
            else if (isEncoding)
                OutputIsBase64 = reader.ValueTextEquals("BASE64"u8);
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEvent = reader.ValueTextEquals("eventId"u8);
            var isInference = reader.ValueTextEquals("inferenceId"u8);
            var isTime = reader.ValueTextEquals("inferenceTime"u8);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                reader.Skip();
            else if (isEvent)
                EventId = reader.ValueSpan;
            else if (isInference)
                InferenceId = reader.ValueSpan;
            else if (isTime)
                InferenceTime = reader.ValueSpan;
        }
    }

    /// <summary>
    /// Steps into the object that is the value of this property; does not move for another property or value.
    /// </summary>
    private static bool TryEnter(ref Utf8JsonReader reader, ReadOnlySpan<byte> property)
    {
        var inside = reader;
        if (!reader.ValueTextEquals(property) || !inside.Read() || inside.TokenType != JsonTokenType.StartObject)
            return false;
        reader = inside;
        return true;
    }
}
