using System.Text;

namespace Plumbline.Tables.Tests;

public sealed class CsvTests
{
    [Fact]
    public void Cells_that_are_joined_are_split_into_the_same_cells()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            string[] cells = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Cell(random))];
            var line = CsvCells.Join(cells);
            CsvCells.Split(line).ShouldBe(cells);
            Read(line).ShouldBe(cells);
            Encoding.UTF8.GetBytes(line).AsSpan().Length.ShouldBe(CsvCells.EndOfLine(Encoding.UTF8.GetBytes(line), 0));
        }
    }

    [Theory]
    [InlineData("", new[] { "" })]
    [InlineData("a,", new[] { "a", "" })]
    [InlineData(",a", new[] { "", "a" })]
    [InlineData("\"a,b\",c", new[] { "a,b", "c" })]
    [InlineData("\"a\"\"b\"", new[] { "a\"b" })]
    [InlineData("\"open,c", new[] { "open,c" })]
    [InlineData("1,2\r", new[] { "1", "2" })]
    public void A_line_is_read_into_its_cells(string line, string[] cells)
    {
        Read(line).ShouldBe(cells);
    }

    [Fact]
    public void A_line_break_in_quotes_does_not_end_a_line()
    {
        CsvCells.Lines("1,\"two\nlines\"\n\n2,one\n").ShouldBe(["1,\"two\nlines\"", "2,one"]);
        var lines = new CsvLines(new MemoryStream(Encoding.UTF8.GetBytes("\uFEFFa,\"b\nc\"\r\n\nd,e")));
        lines.TryNext(out var first).ShouldBeTrue();
        Encoding.UTF8.GetString(first).ShouldBe("a,\"b\nc\"\r");
        lines.Number.ShouldBe(1);
        lines.TryNext(out var second).ShouldBeTrue();
        Encoding.UTF8.GetString(second).ShouldBe("d,e");
        lines.Number.ShouldBe(4);
        lines.TryNext(out _).ShouldBeFalse();
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_read_whole()
    {
        var text = string.Join(
            '\n',
            Enumerable.Range(0, 5).Select(i => new string((char)('a' + i), 200_000 * (i + 1)))
        );
        var lines = new CsvLines(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        foreach (var expected in text.Split('\n'))
        {
            lines.TryNext(out var line).ShouldBeTrue();
            (Encoding.UTF8.GetString(line) == expected).ShouldBeTrue();
        }
        lines.TryNext(out _).ShouldBeFalse();
    }

    [Fact]
    public void An_appended_cell_stays_on_its_line()
    {
        var line = new List<byte>();
        CsvCells.Append(line, "two\nlines, \"quoted\""u8);
        CsvCells.Split(Encoding.UTF8.GetString([.. line])).ShouldBe(["two lines, \"quoted\""]);
    }

    private static string Cell(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(0, 8)).Select(_ => "ab1 ,\"\n\u00e4\u20ac"[random.Next(9)]));

    private static List<string> Read(string line)
    {
        var cells = new List<string>();
        var row = new CsvRow(Encoding.UTF8.GetBytes(line));
        while (row.TryNext(out var cell))
        {
            cells.Add(Encoding.UTF8.GetString(cell));
        }
        return cells;
    }
}
