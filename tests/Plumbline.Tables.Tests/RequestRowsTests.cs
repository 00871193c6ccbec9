using System.Text;

namespace Plumbline.Tables.Tests;

public sealed class RequestRowsTests
{
    private static readonly TableSchema Schema = new()
    {
        Columns = [new Column("age", ColumnKind.Number), new Column("city", ColumnKind.Category)],
    };

    [Theory]
    [InlineData("30,Bern", "30|Bern")]
    [InlineData("age,city\n30,Bern\n", "30|Bern")]
    [InlineData("city,age\nBern,30\nBasel,\n", "30|Bern;|Basel")]
    [InlineData("\"30\",\"Bern, Ost\"\r\n", "30|Bern, Ost")]
    [InlineData("[[30,\"Bern\"],[null,\"Basel\"]]", "30|Bern;|Basel")]
    [InlineData("{\"age\":30,\"city\":\"Bern\"}", "30|Bern")]
    [InlineData("[{\"city\":\"Bern\"},{\"age\":1}]", "|Bern;1|")]
    [InlineData("{\"instances\":[{\"features\":{\"city\":\"Bern\"}},{\"features\":[2,\"Basel\"]}]}", "|Bern;2|Basel")]
    [InlineData("{\"features\":[3,\"Basel\"]}", "3|Basel")]
    public void A_body_is_read_into_its_rows(string body, string rows)
    {
        Read(body).ShouldBe(rows);
    }

    [Theory]
    [InlineData("30", "row 1: 1 values, but the model takes 2")]
    [InlineData("1,a\n2,b,no", "row 2: 3 values, but the model takes 2 (do not send the label)")]
    [InlineData("age,city,churn\n1,a,no", "the header names 'churn', which is not one more column of the model")]
    [InlineData("{\"age\":1,\"town\":\"a\"}", "row 1: 'town' is not a column of the model")]
    [InlineData("[{\"age\":[1]}]", "row 1: column \"age\" has a list or an object; send a text or a number")]
    [InlineData("[1,2]", "row 1: it is not a list of values, and not an object by column name")]
    [InlineData("{\"age\":1", "the body is not JSON (byte 8 of line 1)")]
    [InlineData("{} x", "the body is not JSON (byte 3 of line 1)")]
    public void An_invalid_body_is_refused_with_its_row(string body, string message)
    {
        Should.Throw<RowError>(() => Read(body)).Message.ShouldBe(message);
    }

    [Fact]
    public void A_header_that_lacks_a_column_says_which()
    {
        var schema = new TableSchema { Columns = [.. Schema.Columns, new Column("joined", ColumnKind.Time)] };
        Should
            .Throw<RowError>(() => new RequestRows(schema).Read("city,age\nBern,1"u8, csv: true, new Sink(3)))
            .Message.ShouldBe("the header lacks the column 'joined'");
    }

    private static string Read(string body)
    {
        var sink = new Sink(Schema.Columns.Count);
        new RequestRows(Schema).Read(Encoding.UTF8.GetBytes(body), csv: body[0] is not ('{' or '['), sink);
        return string.Join(';', sink.Rows);
    }

    private sealed class Sink(int columns) : IRowSink
    {
        private readonly string[] cells = new string[columns];

        public List<string> Rows { get; } = [];

        public void Begin() => Array.Fill(cells, "");

        public string? Take(int column, ReadOnlySpan<byte> cell)
        {
            cells[column] = Encoding.UTF8.GetString(cell);
            return null;
        }

        public void End() => Rows.Add(string.Join('|', cells));
    }
}
