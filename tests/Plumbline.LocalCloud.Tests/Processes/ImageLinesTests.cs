using System.Text.RegularExpressions;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

public sealed partial class ImageLinesTests
{
    [Fact]
    public void What_is_written_is_read_again_field_by_field()
    {
        const string Table = """
            [
              {"image":"*/mine:*","command":["/usr/bin/python3","-m","mine"],"algorithm":"exec","port":8080},
              {"image":"*/sagemaker-scikit-learn:*","command":["python3"],"algorithm":"script","imports":"sklearn"}
            ]

            """;

        ImageLines.Write(ImageLines.Parse(Table)).ShouldBe(Table);
    }

    [Fact]
    public void The_page_about_the_table_has_a_row_for_every_field_and_every_algorithm()
    {
        var rows = File.ReadAllLines(Repository.Path("docs", "images.json.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1]);

        var named = rows.SelectMany(cell => Name().Matches(cell)).Select(match => match.Groups["name"].Value);

        named.Distinct().ShouldBe([.. ImageLines.Fields, .. ImageProgram.Algorithms], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""[{"image":"x" """, "line 1, column ", "")]
    [InlineData("[\n {\"image\":,}]", "line 2, column 11: ", "")]
    [InlineData("""{"image":"x"}""", "line 1: ", "a list of objects")]
    [InlineData("""[3]""", "entry 1: ", "an object")]
    [InlineData("""[{"comand":["x"]}]""", "entry 1: ", "'comand' is not a field; the fields are image, command")]
    [InlineData("""[{"command":["x"],"algorithm":"exec"}]""", "entry 1: ", "image must be a text")]
    [InlineData("""[{"image":"x","command":"sh","algorithm":"exec"}]""", "entry 1: ", "command must be a list")]
    [InlineData("""[{"image":"x","command":["sh"],"algorithm":"exe"}]""", "entry 1: ", "script, exec, not 'exe'")]
    [InlineData(
        """[{"image":"x","command":["sh"],"algorithm":"exec","port":"8080"}]""",
        "entry 1: ",
        "port must be a number"
    )]
    public void A_typing_error_is_one_line_with_its_place(string table, string place, string problem)
    {
        var message = Should.Throw<InvalidDataException>(() => ImageLines.Parse(table)).Message;

        message.ShouldStartWith(place);
        message.ShouldContain(problem);
        message.ShouldNotContain("\n");
    }

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Name();
}
