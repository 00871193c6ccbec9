using Plumbline.Cli;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.Records;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary><c>plumb up</c> updates the table of images, and keeps lines that a person wrote.</summary>
public sealed class ImagesFileTests : IDisposable
{
    private const string Mine = """{"image":"*/mine:*","command":["/opt/mine/serve"],"algorithm":"exec","port":8080}""";

    private const string MyPython =
        """{"image":"*/sagemaker-scikit-learn:*","command":["/opt/venv/bin/python3"],"algorithm":"script"}""";

    private readonly TemporaryFolder folder = new();

    private string Table => folder.At("images.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_persons_lines_come_first_and_stay_as_they_are()
    {
        File.WriteAllText(Table, $"[{Mine},{MyPython}]");

        ImagesFile.Write(folder.Path);
        ImagesFile.Write(folder.Path);

        var lines = File.ReadAllLines(Table);
        lines[1].ShouldBe($"  {Mine},");
        lines[2].ShouldBe($"  {MyPython},");
        Images().ShouldBeUnique();
        Images().ShouldContain("*/plumbline-jobs:*");
    }

    [Fact]
    public void An_edit_of_a_shipped_line_stays()
    {
        ImagesFile.Write(folder.Path);
        var edited = File.ReadAllText(Table)
            .Replace(
                """["python3"],"algorithm":"script","imports":"sklearn" """.TrimEnd(),
                """["/opt/venv/bin/python3"],"algorithm":"script" """.TrimEnd(),
                StringComparison.Ordinal
            );
        edited.ShouldContain("/opt/venv");
        File.WriteAllText(Table, edited);

        ImagesFile.Write(folder.Path);

        File.ReadAllLines(Table)[1].ShouldBe($"  {MyPython},");
        Images().ShouldBeUnique();
    }

    [Fact]
    public void A_line_of_an_older_plumb_is_replaced_and_one_that_a_person_removed_comes_back()
    {
        ImagesFile.Write(folder.Path);
        var shipped = File.ReadAllText(Table);
        var older = shipped.Replace("plumbline-jobs.dll", "older/plumbline-jobs.dll", StringComparison.Ordinal);
        File.WriteAllText(Table, older.Replace("\"torch\"", "\"torch1\"", StringComparison.Ordinal));
        File.WriteAllText(folder.At("images-shipped.json"), File.ReadAllText(Table));
        File.WriteAllLines(
            Table,
            File.ReadAllLines(Table).Where(line => !line.Contains("serving", StringComparison.Ordinal))
        );

        ImagesFile.Write(folder.Path);

        File.ReadAllText(Table).ShouldBe(shipped);
    }

    [Fact]
    public void A_table_from_before_there_was_a_record_keeps_a_persons_lines()
    {
        ImagesFile.Write(folder.Path);
        var shipped = File.ReadAllText(Table);
        File.Delete(folder.At("images-shipped.json"));
        const string Unrecorded =
            """{"image":"*/sagemaker-scikit-learn:*","command":["python3"],"algorithm":"script"}""";
        var elsewhere =
            """{"image":"*/sagemaker-xgboost:*","command":["dotnet","/old/jobs/plumbline-jobs.dll"],"algorithm":"xgboost"}""";
        File.WriteAllText(Table, $"[{elsewhere},{Unrecorded},{Mine}]");

        ImagesFile.Write(folder.Path);

        File.ReadAllText(Table).ShouldBe(shipped.Replace("[\n", $"[\n  {Mine},\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_typing_error_is_one_line_with_its_place_and_the_table_stays()
    {
        File.WriteAllText(Table, "[{\"image\":\"x\"");

        var error = Should.Throw<UserError>(() => ImagesFile.Write(folder.Path));

        error.Place.ShouldBe(Table);
        error.Reason.ShouldStartWith("line 1, column 14: ");
        File.ReadAllText(Table).ShouldBe("[{\"image\":\"x\"");
    }

    private IEnumerable<string> Images() => ImageLines.Parse(File.ReadAllText(Table)).Select(line => line.Image);
}
