using System.IO.Compression;
using System.Text;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

public sealed class BaseFilesTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    private static ProjectDescription Project =>
        new()
        {
            Name = "sample",
            Data = new DataDescription(),
            Labels = ["no", "yes"],
        };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_of_files_gives_the_data_set_of_one_file_with_all_rows()
    {
        var rows = Enumerable.Range(0, 300).Select(i => $"{(i % 3 == 0 ? "yes" : "no")},{i},{i * 7 % 50}").ToList();
        folder.Write("one.csv", "label,x,y\n" + string.Join('\n', rows) + "\n");
        Directory.CreateDirectory(folder.At("parts/2026"));
        folder.Write("parts/a.csv", "label,x,y\r\n" + string.Join("\r\n", rows.Take(100)));
        Gzip("parts/b.csv.gz", "label,x,y\n" + string.Join('\n', rows.Skip(100).Take(100)) + "\n\n");
        folder.Write("parts/2026/a.csv", "label,x,y\n" + string.Join('\n', rows.Skip(200)));
        folder.Write("parts/readme.txt", "not data");
        var one = DataSetBuilder.Build(Project, folder.At("one.csv"), [], [], folder.At("v1"), At);
        var parts = DataSetBuilder.Build(Project, folder.At("parts"), [], [], folder.At("v2"), At);
        parts.Base.Train.ShouldBe(one.Base.Train);
        Lines("v2").ShouldBe(Lines("v1"), ignoreOrder: true);

        // What is uploaded is one CSV, which gives the very same files.
        var files = BaseFiles.Open(folder.At("parts"));
        using (var whole = files.OpenAsOne())
        using (var copy = File.Create(folder.At("whole.csv")))
        {
            whole.CopyTo(copy);
        }
        DataSetBuilder.Build(Project, folder.At("whole.csv"), [], [], folder.At("v3"), At).Files.ShouldBe(parts.Files);
    }

    [Fact]
    public void A_gzipped_file_is_read_like_its_content()
    {
        Gzip("data.csv.gz", "label,x\nno,1\nyes,oops\n");
        Problem("data.csv.gz").ShouldStartWith("data.csv.gz:3: has 'oops' in column 'x', which is not a number");
    }

    [Fact]
    public void Each_problem_names_its_file()
    {
        folder.Write("bad/a.csv", "label,x\nno,1\n");
        folder.Write("bad/b.csv", "label,x\nno,1\nyes,1,2\n");
        Problem("bad").ShouldBe("bad/b.csv:3: has 3 cells; the header names 2 columns");
        folder.Write("bad/b.csv", "label,y\nno,1\n");
        Problem("bad").ShouldStartWith("bad/b.csv:1: has another header than bad/a.csv");
        folder.Write("bad/b.csv", "");
        Problem("bad").ShouldStartWith("bad/b.csv:1: is empty");
        File.Delete(folder.At("bad/a.csv"));
        File.Delete(folder.At("bad/b.csv"));
        Problem("bad")
            .ShouldEndWith("has no file that ends in .csv, .jsonl, .ndjson (each may end in .gz) or .parquet");
        File.WriteAllText(folder.At("bad/c.csv.gz"), "not gzip");
        Problem("bad").ShouldBe("bad/c.csv.gz: is damaged: it is not a complete gzip file");
    }

    private IEnumerable<string> Lines(string version) =>
        File.ReadLines(folder.At(version, DataSetBuilder.TrainFile))
            .Concat(File.ReadLines(folder.At(version, DataSetBuilder.BaseFile)));

    private string Problem(string data) =>
        Should
            .Throw<UserError>(() => DataSetBuilder.Build(Project, folder.At(data), [], [], folder.At("v"), At))
            .Message;

    private void Gzip(string name, string text)
    {
        using var file = new GZipStream(File.Create(folder.At(name)), CompressionLevel.Fastest);
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
