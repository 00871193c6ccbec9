using Plumbline.Records.Data;
using Plumbline.Tables;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

public sealed class TableInspectionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Kinds_labels_and_suspicious_columns_are_found()
    {
        var rows = Enumerable
            .Range(0, 60)
            .Select(i =>
                $"u{i},{i % 40},{(i % 2 == 0 ? "Bern" : "Basel, West")},CH,{(i % 3 == 0 ? "closed" : "open")},{(i % 3 == 0 ? "left" : "stays")}"
            )
            .Select(row => row.Replace("Basel, West", "\"Basel, West\""));
        var path = folder.Write("t.csv", "user,age,city,country,account,state\n" + string.Join('\n', rows));
        var inspection = TableInspection.Read(path, "state");
        inspection
            .Kinds()
            .ShouldBe([
                ("user", null),
                ("age", ColumnKind.Number),
                ("city", ColumnKind.Category),
                ("country", null),
                ("account", ColumnKind.Category),
            ]);
        inspection.Labels("t.csv").ShouldBe(["left", "stays"]);
        inspection.Notes.ShouldBe([
            "'user' has another value in each row, as an id has, so it is ignored.",
            "'country' has the same value in each row, so it is ignored.",
            "'account' tells 'state' by itself: is it known before the truth is? If not, write `account: ignore`.",
        ]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "c", "t.csv:1: has no column 'c' for the label; the columns are a, b")]
    [InlineData("a,c\n", "c", "t.csv: has no rows below its header")]
    [InlineData("a,c\n1\n", "c", "t.csv:2: has 1 cells; the header names 2 columns")]
    [InlineData("a,a,c\n1,1,1\n", "c", "t.csv:1: names the column 'a' twice")]
    [InlineData("", "c", "t.csv:1: is empty")]
    public void A_file_that_is_not_a_table_says_why(string text, string label, string message)
    {
        var path = folder.Write("t.csv", text);
        Should.Throw<UserError>(() => TableInspection.Read(path, label)).Message.ShouldStartWith(message);
    }

    [Fact]
    public void A_label_needs_classes()
    {
        var numbers = string.Join('\n', Enumerable.Range(0, 900).Select(i => $"{i % 7},{i}"));
        var inspection = TableInspection.Read(folder.Write("t.csv", $"x,price\n{numbers}\n"), "price");
        Should
            .Throw<UserError>(() => inspection.Labels("t.csv"))
            .Message.ShouldBe("t.csv: the label 'price' has 900 different values; a model needs 2 to 500 classes");
    }
}
