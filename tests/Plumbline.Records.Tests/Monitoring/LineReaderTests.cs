using System.Text;
using Plumbline.Records.Monitoring;

namespace Plumbline.Records.Tests.Monitoring;

public sealed class LineReaderTests
{
    private const int Long = 200 * 1024 * 1024;

    [Fact]
    public async Task A_line_that_is_too_long_is_passed_over_and_told_with_its_number()
    {
        var lines = new List<string>();
        var tooLong = new List<long>();
        using var stream = new LinesStream("one\n", Long, "\nthree\n\nfive");

        await LineReader.ReadAsync(
            stream,
            (line, offset, number) => lines.Add($"{number}@{offset} {Encoding.UTF8.GetString(line)}"),
            CancellationToken.None,
            tooLong.Add
        );

        tooLong.ShouldBe([2]);
        lines.ShouldBe(["1@0 one", $"3@{Long + 5} three", $"5@{Long + 12} five"]);
    }

    [Fact]
    public async Task A_last_line_that_is_too_long_ends_the_file()
    {
        var lines = 0;
        var tooLong = new List<long>();
        using var stream = new LinesStream("one\n", Long, "");

        await LineReader.ReadAsync(stream, _ => lines++, CancellationToken.None, tooLong.Add);

        lines.ShouldBe(1);
        tooLong.ShouldBe([2]);
    }

    /// <summary>A text, many other bytes, and another text, without holding them in memory.</summary>
    private sealed class LinesStream(string before, int middle, string after) : Stream
    {
        private int position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => before.Length + middle + after.Length;

        public override long Position
        {
            get => position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var (text, at) =
                position < before.Length ? (before, position)
                : position < before.Length + middle ? (null, position - before.Length)
                : (after, position - before.Length - middle);
            var count = Math.Min(buffer.Length, (text?.Length ?? middle) - at);
            if (text is null)
            {
                buffer[..count].Fill((byte)'x');
            }
            else
            {
                Encoding.ASCII.GetBytes(text.AsSpan(at, count), buffer);
            }

            position += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
