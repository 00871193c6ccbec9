using System.Text;
using Plumbline.Records.Data;
using Plumbline.Records.Sources;
using Plumbline.Tables;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Sources;

/// <summary>A file that DuckDB wrote, with a column of each of its types: a value, a gap, and another value.</summary>
public sealed class ParquetKindTests
{
    private const string File = "Sources/duckdb-kinds.parquet";

    [Theory]
    [InlineData("b", "true||false")]
    [InlineData("i8", "1||-3")]
    [InlineData("u64", "1||18446744073709551615")]
    [InlineData("f", "1.5||")]
    [InlineData("d", "0.1||1E+300")]
    [InlineData("dec", "1.50||-3.25")]
    [InlineData("dat", "2026-03-01||1970-01-01")]
    [InlineData("ts", "2026-03-01T12:30:00||2026-03-01T12:30:01.5")]
    [InlineData("tsz", "2026-03-01T10:30:00||")]
    [InlineData("tsms", "2026-03-01T12:30:00||")]
    [InlineData("tsns", "2026-03-01T12:30:00.5||")]
    [InlineData("s", "a||ö,\"x\"")]
    [InlineData("dict", "x||y")]
    [InlineData("uid", "123e4567-e89b-12d3-a456-426614174000||")]
    [InlineData("u8", "7||255")]
    [InlineData("huge", "5||-5")]
    public void A_value_is_text_and_no_value_is_an_empty_cell(string column, string cells)
    {
        Cells(column).ShouldBe(cells);
    }

    [Theory]
    [InlineData("lst", "has lists or groups in column 'lst'; a cell is one value: write `lst: ignore`")]
    [InlineData("st", "has lists or groups in column 'st'; a cell is one value: write `st: ignore`")]
    [InlineData("iv", "has values of the type Interval in column 'iv', which cannot be a cell: write `iv: ignore`")]
    public void A_column_that_cannot_be_cells_is_named(string column, string message) =>
        Should
            .Throw<UserError>(() => Cells(column))
            .Message.ShouldBe($"duckdb-kinds.parquet row group 1, row 1: {message}");

    [Fact]
    public void A_table_with_lists_can_be_inspected_and_uploaded_without_them()
    {
        var files = BaseFiles.Open(Path.Combine(AppContext.BaseDirectory, File));
        var kinds = TableInspection.Read(files, "s").Kinds().ToDictionary(pair => pair.Name, pair => pair.Kind);
        kinds["lst"].ShouldBeNull();
        kinds["b"].ShouldBe(ColumnKind.Boolean);
        using var csv = new StreamReader(files.OpenAsOne());
        csv.ReadToEnd().Split('\n').Length.ShouldBe(5);
    }

    [Fact]
    public void Cells_beyond_the_memory_wait_on_the_disk()
    {
        using var folder = new TemporaryFolder();
        var budget = new CellBudget(folder.Path, memory: 100);
        using var small = budget.NewPlace(80);
        using var large = budget.NewPlace(80);
        (small is MemoryStream, large is FileStream).ShouldBe((true, true));
    }

    private static string Cells(string column)
    {
        using var table = new BaseTable(BaseFiles.Open(Path.Combine(AppContext.BaseDirectory, File)));
        var place = Array.IndexOf(table.Header, column);
        var cells = new List<string>();
        while (table.Read())
        {
            cells.Add(Encoding.UTF8.GetString(table.Cell(place)));
        }
        return string.Join('|', cells);
    }
}
