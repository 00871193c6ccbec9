using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Tables;

namespace Plumbline.Loop.Tests;

public sealed class ColumnKindsTests
{
    private static readonly (string, ColumnKind?)[] Kinds =
    [
        ("age", ColumnKind.Number),
        ("no", ColumnKind.Boolean),
        ("St. \"Gallen\": west", ColumnKind.Category),
        ("id", null),
    ];

    [Theory]
    [InlineData("name: a1\ndata:\n  file: d.csv   # a comment\n  label: x\n\n# the classes\nlabels: [no, yes]\n")]
    [InlineData("name: a1\nlabels: [no, yes]\ndata:   # mine\n    file: d.csv\n    label: x")]
    [InlineData("name: a1\r\ndata:\r\n  label: x\r\nlabels: [no, yes]\r\n")]
    public void The_kinds_are_added_and_all_other_lines_stay(string yaml)
    {
        var text = ColumnKinds.Write(yaml, Kinds);
        var data = ProjectDescription.Parse(text).Data;
        data.Label.ShouldBe("x");
        data.Schema!.Columns.Select(column => column.Name).ShouldBe(["age", "no", "St. \"Gallen\": west"]);
        data.Ignored.ShouldBe(["id"]);
        var before = yaml.ReplaceLineEndings("\n").Split('\n');
        text.Split('\n').Where(before.Contains).ShouldBe(before);
    }

    [Theory]
    [InlineData("name: a1\ndata: {file: d.csv}\nlabels: [no, yes]\n", "`data:` must be a line of its own")]
    [InlineData("name: a1\ndata:\n  columns: {a: number}\nlabels: [no, yes]\n", "data.columns is there already")]
    public void A_section_that_cannot_be_extended_is_left_alone(string yaml, string message)
    {
        Should.Throw<UserError>(() => ColumnKinds.Write(yaml, Kinds)).Message.ShouldContain(message);
    }
}
