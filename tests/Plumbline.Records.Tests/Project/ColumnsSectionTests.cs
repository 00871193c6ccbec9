using Plumbline.Records.Project;
using Plumbline.Tables;

namespace Plumbline.Records.Tests.Project;

public class ColumnsSectionTests
{
    [Fact]
    public void Each_column_has_a_kind_and_ignored_ones_are_left_out()
    {
        var data = Read(
            "  columns:\n    age: number\n    'St. City': category\n    id: ignore\n    joined: time\n  missing: [NA, '-']\n"
        ).Data;
        data.Schema!.Columns.ShouldBe([
            new Column("age", ColumnKind.Number),
            new Column("St. City", ColumnKind.Category),
            new Column("joined", ColumnKind.Time),
        ]);
        data.Schema.Missing.ShouldBe(["NA", "-"]);
        data.Ignored.ShouldBe(["id"]);
        var project = Read("  columns: {age: number, note: text}\n");
        ProjectDescription.FromJson(project.ToJson()).Data.Schema.ShouldBe(project.Data.Schema);
        Read("").Data.Schema.ShouldBeNull();
    }

    [Theory]
    [InlineData(
        "  columns: {age: numeric}\n",
        "data.columns.age: must be one of number, category, text, time, boolean, ignore, not 'numeric'"
    )]
    [InlineData("  columns:\n    age:\n    city: category\n", "data.columns: each column needs a kind")]
    [InlineData(
        "  columns: {label: category, age: number}\n",
        "data.columns.label: is the label; a model must not see it"
    )]
    [InlineData("  columns: {id: ignore}\n", "data.columns: a model needs a column that is not ignored")]
    [InlineData("  columns: {age: number}\n  features: [age]\n", "data.features: leave it out: data.columns says")]
    [InlineData("  missing: [NA]\n", "data.missing: goes with data.columns")]
    [InlineData("  columns: [age]\n", "data.columns: must be a section with keys of its own")]
    public void A_wrong_section_says_what_to_write(string lines, string message)
    {
        Should.Throw<UserError>(() => Read(lines)).Message.ShouldContain(message);
    }

    private static ProjectDescription Read(string lines) =>
        ProjectDescription.Parse($"name: sample\ndata:\n  file: data.csv\n{lines}labels: [no, yes]\n");
}
