using System.Buffers.Text;
using System.Text.Json;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Monitoring;

/// <summary>Takes one captured row.</summary>
/// <param name="joinKey">See <see cref="GroundTruth.JoinKey"/>; UTF-8, valid during the call.</param>
/// <param name="time">When the model answered, UTC, in whole seconds.</param>
/// <param name="row">Its place in the request's body, from 0.</param>
/// <param name="answer">What the model answered.</param>
public delegate void CapturedRowHandler(ReadOnlySpan<byte> joinKey, DateTimeOffset time, int row, in Answer answer);

/// <summary>Reads capture lines row by row without their features, at a few microseconds a line.</summary>
/// <param name="labels">The project's labels.</param>
public sealed class CaptureRows(LabelNames labels)
{
    private readonly AnswerReader answers = new(labels);
    private byte[] keyBuffer = new byte[256];
    private byte[] bodyBuffer = new byte[4096];

    /// <summary>Hands over the rows of a line; a deployment's own request has none.</summary>
    /// <returns>Whether it has any: false where it is no JSON, or lacks key, time or a readable answer.</returns>
    public bool Read(ReadOnlySpan<byte> line, CapturedRowHandler handle)
    {
        try
        {
            var capture = CaptureLine.Parse(line);
            if (JoinKey.IsProbe(capture.Id))
                return true;
            if (capture.Id.IsEmpty || !capture.TryTime(out var time))
                return false;
            var rows = Answers(capture);
            var key = Key(capture.Id, rows.Length);
            for (var row = 0; row < rows.Length; row++)
                handle(key.OfRow(row), time, row, rows[row]);
            return !rows.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The rows of the line's answer, valid until the next call; none where it cannot be read.</summary>
    internal ReadOnlySpan<Answer> Answers(in CaptureLine capture)
    {
        var body = JsonText.Unescape(capture.Output, ref bodyBuffer);
        if (!capture.OutputIsBase64)
            return answers.Read(body);
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length)];
        Base64.DecodeFromUtf8(body, decoded, out _, out var length);
        return answers.Read(decoded.AsSpan(0, length));
    }

    /// <summary>The join keys of a line's rows, valid until the next call.</summary>
    /// <param name="id">As it stands in the JSON.</param>
    /// <param name="rows">How many rows the line has.</param>
    internal RowKeys Key(ReadOnlySpan<byte> id, int rows)
    {
        var key = JsonText.Unescape(id, ref keyBuffer);
        if (rows <= 1)
            return new RowKeys(key, default);
        Span<byte> buffer = new byte[key.Length + 12];
        key.CopyTo(buffer);
        buffer[key.Length] = (byte)'#';
        return new RowKeys(key, buffer);
    }

    /// <summary>The id itself for the one row of a body, else the id, <c>#</c> and the row.</summary>
    internal readonly ref struct RowKeys(ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        private readonly ReadOnlySpan<byte> key = key;
        private readonly Span<byte> buffer = buffer;

        /// <summary>The key of a row, valid until the next call.</summary>
        public ReadOnlySpan<byte> OfRow(int row)
        {
            if (buffer.IsEmpty)
                return key;
            Utf8Formatter.TryFormat(row, buffer[(key.Length + 1)..], out var digits);
            return buffer[..(key.Length + 1 + digits)];
        }
    }
}
