using Plumbline.Backtest.Streams;
using Plumbline.Records;
using Plumbline.Testing;

namespace Plumbline.Backtest.Tests;

public sealed class TableStreamTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Names_become_codes_and_a_later_name_is_missing()
    {
        var stream = TableStream.Read(Write(last: "1.5,green,no"), new TableReading("truth") { InitialShare = 0.5 });

        (stream.Rows, stream.Columns, stream.Classes).ShouldBe((40, 2, 2));
        stream.IsCategory.ShouldBe([false, true]);
        stream.Features(0, 2).ToArray().ShouldBe([0f, 1f, 1f, 0f]);
        stream.Truth(0).ShouldBe(0);
        stream.Truth(1).ShouldBe(1);
        stream.Features(39, 40).ToArray().ShouldBe([1.5f, float.NaN]);
    }

    [Fact]
    public void A_missing_label_is_refused_with_the_columns()
    {
        Should
            .Throw<UserError>(() =>
                TableStream.Read(Write(last: "1,red,no"), new TableReading("label") { InitialShare = 0.5 })
            )
            .Message.ShouldContain("has no column 'label' for the label; the columns are size, colour, truth");
    }

    [Fact]
    public void A_table_of_one_class_is_refused()
    {
        folder.Write("one.csv", "size,truth\n1,yes\n2,yes\n");

        Should
            .Throw<UserError>(() =>
                TableStream.Read(folder.At("one.csv"), new TableReading("truth") { InitialShare = 0.5 })
            )
            .Message.ShouldContain("has the same value in each row");
    }

    [Fact]
    public void Times_are_read_and_must_be_in_order()
    {
        const string table = "day,size,truth\n2026-01-01,1,yes\n2026-01-02,2,no\n2026-01-02T12:00:00Z,2,no\n";
        folder.Write("times.csv", table);
        folder.Write("mixed.csv", table + "2026-01-01,3,no\n");

        TableStream
            .Read(folder.At("times.csv"), new TableReading("truth") { InitialShare = 0.5, Time = "day" })
            .Times.Select(time => time.Hour)
            .ShouldBe([0, 0, 12]);
        Should
            .Throw<UserError>(() =>
                TableStream.Read(folder.At("mixed.csv"), new TableReading("truth") { InitialShare = 0.5, Time = "day" })
            )
            .Message.ShouldContain("mixed.csv:5: has the time '2026-01-01', which is before that of the row above");
    }

    public void Dispose() => folder.Dispose();

    /// <summary>39 rows of two colours and two truths, and a last one.</summary>
    private string Write(string last)
    {
        var rows = Enumerable
            .Range(0, 39)
            .Select(row => $"{row % 7},{(row % 2 == 0 ? "red" : "blue")},{(row % 2 == 0 ? "no" : "yes")}");
        folder.Write("rows.csv", "size,colour,truth\n" + string.Join('\n', rows) + "\n" + last + "\n");
        return folder.At("rows.csv");
    }
}
