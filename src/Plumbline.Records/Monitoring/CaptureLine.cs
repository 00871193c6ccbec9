using System.Text.Json;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// What the join needs of a capture line, as slices of it, unescaped only where asked. The common writer's layout is found
/// by searching: a key with its bare quotes cannot stand inside a JSON string. Any other layout goes through the parser.
/// </summary>
internal ref struct CaptureLine
{
    /// <summary>The ids as they stand in the JSON, between the quotes; empty where missing.</summary>
    public ReadOnlySpan<byte> InferenceId;

    /// <inheritdoc cref="InferenceId"/>
    public ReadOnlySpan<byte> EventId;

    /// <summary>ISO-8601, UTC.</summary>
    public ReadOnlySpan<byte> InferenceTime;

    /// <summary>The answer's body, still escaped.</summary>
    public ReadOnlySpan<byte> Output;

    /// <summary>Whether <see cref="Output"/> is base64.</summary>
    public bool OutputIsBase64;

    /// <exception cref="JsonException">The line is no JSON object.</exception>
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

    /// <summary>
    /// The label of an answer that is exactly one row of ours, still escaped as it stands; empty for any other answer,
    /// which must be read in full. The labelled rows of a run need no more than this.
    /// </summary>
    public readonly ReadOnlySpan<byte> SingleLabel()
    {
        var start = "{\\\"predictions\\\":[{\\\"label\\\":\\\""u8;
        if (OutputIsBase64 || !Output.StartsWith(start) || !Output.EndsWith("}]}"u8))
            return default;
        var rest = Output[start.Length..];
        var end = rest.IndexOf((byte)'\\');
        // A brace before the last one could begin another row; a backslash before no quote is part of a label.
        return end < 0 || rest[end + 1] != (byte)'"' || rest[..^3].Contains((byte)'}') ? default : rest[..end];
    }

    private bool TrySearch(ReadOnlySpan<byte> line)
    {
        var output = line.IndexOf("\"endpointOutput\":{\"observedContentType\":\""u8);
        var metadata = line.LastIndexOf("}},\"eventMetadata\":{\"eventId\":\""u8);
        if (output < 0 || metadata < output)
            return false;
        var body = line[(output + 41)..metadata];
        var fields = line[(metadata + 31)..];
        return TryBody(body) && TryFields(fields);
    }

    /// <param name="body"><c>application/json","mode":"OUTPUT","data":"...","encoding":"JSON"</c></param>
    private bool TryBody(ReadOnlySpan<byte> body)
    {
        var mode = "\",\"mode\":\"OUTPUT\",\"data\":\""u8;
        var type = body.IndexOf((byte)'"');
        if (type < 0 || !body[type..].StartsWith(mode))
            return false;
        body = body[(type + mode.Length)..];
        var end = body.LastIndexOf("\",\"encoding\":\""u8);
        if (end < 0)
            return false;
        Output = body[..end];
        OutputIsBase64 = body[end..].EndsWith("\"BASE64\""u8);
        return true;
    }

    /// <param name="fields"><c>e","inferenceId":"i","inferenceTime":"t"},"eventVersion":"0"}</c>, the inference id maybe missing.</param>
    private bool TryFields(ReadOnlySpan<byte> fields)
    {
        if (!TryTake(ref fields, out EventId))
            return false;
        var inference = ",\"inferenceId\":\""u8;
        if (fields.StartsWith(inference))
        {
            fields = fields[inference.Length..];
            if (!TryTake(ref fields, out InferenceId))
                return false;
        }
        var time = ",\"inferenceTime\":\""u8;
        if (!fields.StartsWith(time))
            return false;
        fields = fields[time.Length..];
        return TryTake(ref fields, out InferenceTime);
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> fields, out ReadOnlySpan<byte> value)
    {
        var end = JsonText.EndOfString(fields);
        value = end < 0 ? default : fields[..end];
        fields = end < 0 ? default : fields[(end + 1)..];
        return end >= 0;
    }

    private void ReadTokens(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("captureData"u8))
                ReadCaptureData(ref reader);
            else if (reader.ValueTextEquals("eventMetadata"u8))
                ReadMetadata(ref reader);
            else
                reader.Skip();
        }
    }

    private void ReadCaptureData(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("endpointOutput"u8))
            {
                reader.Skip();
                continue;
            }
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isData = reader.ValueTextEquals("data"u8);
                var isEncoding = reader.ValueTextEquals("encoding"u8);
                reader.Read();
                if (isData)
                    Output = reader.ValueSpan;
                else if (isEncoding)
                    OutputIsBase64 = reader.ValueTextEquals("BASE64"u8);
                else
                    reader.Skip();
            }
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEvent = reader.ValueTextEquals("eventId"u8);
            var isInference = reader.ValueTextEquals("inferenceId"u8);
            var isTime = reader.ValueTextEquals("inferenceTime"u8);
            reader.Read();
            if (isEvent)
                EventId = reader.ValueSpan;
            else if (isInference)
                InferenceId = reader.ValueSpan;
            else if (isTime)
                InferenceTime = reader.ValueSpan;
            else
                reader.Skip();
        }
    }
}
