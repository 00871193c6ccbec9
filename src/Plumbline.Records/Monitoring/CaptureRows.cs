using System.Buffers.Text;
using System.Text.Json;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Monitoring;

/// <param name="joinKey">See <see cref="GroundTruth.JoinKey"/>; UTF-8, valid during the call.</param>
/// <param name="time">The time of the model's answer, UTC, in whole seconds.</param>
/// <param name="row">The row's place in the request's body, from 0.</param>
/// <param name="answer">The model's answer.</param>
public delegate void CapturedRowHandler(ReadOnlySpan<byte> joinKey, DateTimeOffset time, int row, in Answer answer);

/// <summary>Reads capture lines row by row without their features, at a few microseconds a line.</summary>
/// <param name="labels">The project's labels.</param>
/// <param name="keep">True to keep <see cref="Probabilities"/>.</param>
public sealed class CaptureRows(LabelNames labels, bool keep = false)
{
    private readonly AnswerReader answers = new(labels, keep);
    private byte[] keyBuffer = new byte[256];
    private byte[] bodyBuffer = new byte[4096];

    /// <summary>Passes on the rows of a line; a deployment's own request does not have any.</summary>
    /// <returns>False if the line is not JSON, or lacks key, time or a readable answer.</returns>
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

    /// <summary>The rows of the line's answer, valid until the next call; empty if the answer cannot be read.</summary>
    internal ReadOnlySpan<Answer> Answers(in CaptureLine capture)
    {
        var body = JsonText.Unescape(capture.Output, ref bodyBuffer);
        if (!capture.OutputIsBase64)
            return answers.Read(body);
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length)];
        Base64.DecodeFromUtf8(body, decoded, out _, out var length);
        return answers.Read(decoded.AsSpan(0, length));
    }

    /// <summary>The probability of each class in a row of the last answer; null if the answer has none.</summary>
    internal float[]? Probabilities(int row) => answers.Probabilities(row);

    /// <summary>The text of an answer that is JSON; null for others.</summary>
    internal string? Word(int row) => answers.Word(row);

    /// <summary>The join keys of a line's rows, valid until the next call.</summary>
    /// <param name="id">The id as in the JSON.</param>
    /// <param name="rows">The number of rows in the line.</param>
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

    /// <summary>Join keys of a body: the id itself for a single row, else the id, <c>#</c> and the row.</summary>
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
