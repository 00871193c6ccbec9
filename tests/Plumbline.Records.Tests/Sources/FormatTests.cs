using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;
using Plumbline.Aws.Formats;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Tables;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Sources;

public sealed class FormatTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    private static ProjectDescription Mixed =>
        new()
        {
            Name = "sample",
            Labels = ["no", "yes"],
            Data = new DataDescription
            {
                Schema = new TableSchema
                {
                    Columns =
                    [
                        new Column("number", ColumnKind.Number),
                        new Column("whole", ColumnKind.Number),
                        new Column("flag", ColumnKind.Boolean),
                        new Column("name", ColumnKind.Category),
                        new Column("time", ColumnKind.Time),
                    ],
                    Missing = TableSchema.UsualMissing,
                },
                Ignored = [],
            },
        };

    private static ProjectDescription Numbers =>
        new()
        {
            Name = "sample",
            Data = new DataDescription(),
            Labels = ["no", "yes"],
        };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_same_table_in_each_format_gives_the_same_rows(int seed)
    {
        var random = Seeds.Random(4200 + seed);
        var table = new SameTable(random, 150 + random.Next(1500));
        folder.Write("t.csv", table.Csv());
        folder.Write("t.jsonl", table.Jsonl());
        Gzip("t.ndjson.gz", table.Jsonl());
        await table.ParquetAsync(folder.At("t.parquet"), groups: 1 + random.Next(4));
        var rows = Built(Mixed, "t.csv");
        rows.Sum(file => file.Length).ShouldBeGreaterThan(3000);
        Built(Mixed, "t.jsonl").ShouldBe(rows);
        Built(Mixed, "t.ndjson.gz").ShouldBe(rows);
        Built(Mixed, "t.parquet").ShouldBe(rows);
        // What is uploaded of the project's own files is one CSV with the same rows.
        foreach (var name in new[] { "t.jsonl", "t.parquet" })
        {
            await using (var csv = BaseFiles.Open(folder.At(name)).OpenAsOne())
            await using (var copy = File.Create(folder.At("one.csv")))
            {
                await csv.CopyToAsync(copy);
            }
            Built(Mixed, "one.csv").ShouldBe(rows);
        }
    }

    [Fact]
    public async Task Files_of_different_formats_are_one_table()
    {
        var random = Seeds.Random(4300);
        folder.Write("all/1.csv", new SameTable(random, 100).Csv());
        folder.Write("all/2.jsonl", new SameTable(random, 100).Jsonl());
        await new SameTable(random, 100).ParquetAsync(folder.At("all/3.parquet"), 2);
        folder.Write("all/_SUCCESS", "");
        var manifest = DataSetBuilder.Build(Mixed, folder.At("all"), [], [], folder.At("v"), At);
        (manifest.Base.Train + manifest.Base.Validation + manifest.Base.Test).ShouldBe(300);
    }

    [Theory]
    [InlineData("[1,2]", "t.jsonl:2: is a list, not an object: write {\"column\": value} on each line")]
    [InlineData("7", "t.jsonl:2: is a number, not an object: write {\"column\": value} on each line")]
    [InlineData("{\"label\":\"no\",\"x\":", "t.jsonl:2: is not a JSON object: ")]
    [InlineData("{\"label\":\"no\",\"x\":1} {}", "t.jsonl:2: is not a JSON object: ")]
    [InlineData("{\"label\":\"no\",\"x\":1,\"x\":2}", "t.jsonl:2: has 'x' twice")]
    [InlineData(
        "{\"label\":\"maybe\",\"x\":1}",
        "t.jsonl:2: has the label 'maybe', which is not one of labels: no, yes"
    )]
    [InlineData("{\"label\":null,\"x\":1}", "t.jsonl:2: has the label '', which is not one of labels: no, yes")]
    [InlineData("{\"label\":\"no\",\"x\":[1]}", "t.jsonl:2: has '[1]' in column 'x', which is not a number")]
    public void An_invalid_line_is_named(string line, string message)
    {
        folder.Write("t.jsonl", $"{{\"label\":\"yes\",\"x\":1}}\n{line}\n");
        Problem("t.jsonl").ShouldStartWith(message);
    }

    [Fact]
    public void A_file_without_content_is_named()
    {
        folder.Write("t.jsonl", "\n\n");
        Problem("t.jsonl").ShouldStartWith("t.jsonl:1: is empty; each line must be a JSON object");
        folder.Write("t.parquet", "");
        Problem("t.parquet").ShouldStartWith("t.parquet: is damaged, or is not a complete Parquet file: ");
        Gzip(
            "t.jsonl.gz",
            string.Concat(Enumerable.Range(0, 999).Select(i => $"{{\"label\":\"yes\",\"x\":{i * 7919}}}\n"))
        );
        var whole = File.ReadAllBytes(folder.At("t.jsonl.gz"));
        File.WriteAllBytes(folder.At("t.jsonl.gz"), whole[..(whole.Length / 2)]);
        Problem("t.jsonl.gz").ShouldBe("t.jsonl.gz: is damaged: it is not a complete gzip file");
    }

    [Fact]
    public void A_column_that_appears_late_or_in_one_file_only_is_named()
    {
        var lines = string.Concat(Enumerable.Repeat("{\"label\":\"no\",\"x\":1}\n", 1000));
        folder.Write("late.jsonl", lines + "{\"label\":\"no\",\"x\":1,\"y\":1}\n");
        Problem("late.jsonl")
            .ShouldStartWith("late.jsonl:1001: has the column 'y', which the first 1000 lines do not have");
        folder.Write("two/a.jsonl", "{\"label\":\"no\",\"x\":1}\n");
        folder.Write("two/b.jsonl", "{\"x\":1,\"label\":\"no\",\"y\":1}\n");
        Problem("two").ShouldBe("two/b.jsonl: has the column 'y', which two/a.jsonl does not have");
        folder.Write("two/b.jsonl", "{\"label\":\"no\"}\n");
        Problem("two").ShouldStartWith("two/b.jsonl: does not have the column 'x' of two/a.jsonl");
    }

    [Fact]
    public async Task A_parquet_file_that_is_cut_short_is_named()
    {
        await new SameTable(Seeds.Random(4400), 500).ParquetAsync(folder.At("t.parquet"), 2);
        var whole = await File.ReadAllBytesAsync(folder.At("t.parquet"));
        foreach (var length in new[] { 3, whole.Length / 2, whole.Length - 1 })
        {
            await File.WriteAllBytesAsync(folder.At("cut.parquet"), whole[..length]);
            Should
                .Throw<UserError>(() => Built(Mixed, "cut.parquet"))
                .Message.ShouldStartWith("cut.parquet: is damaged, or is not a complete Parquet file: ");
        }
        // A hole in the middle, with an intact footer.
        Array.Clear(whole, 40, whole.Length / 2);
        await File.WriteAllBytesAsync(folder.At("cut.parquet"), whole);
        Should.Throw<UserError>(() => Built(Mixed, "cut.parquet")).Message.ShouldStartWith("cut.parquet");
    }

    [Fact]
    public async Task An_invalid_parquet_cell_is_named_by_row_group_and_row()
    {
        DataField[] fields = [new DataField<string>("label"), new DataField<string>("x")];
        await using (var file = File.Create(folder.At("t.parquet")))
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. fields]), file);
            foreach (var bad in new[] { "3", "oops" })
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync(fields[0], (string[])["no", "yes", "no"]);
                await group.WriteAsync(fields[1], (string[])["1", "2", bad]);
            }
        }
        Problem("t.parquet")
            .ShouldStartWith("t.parquet row group 2, row 3: has 'oops' in column 'x', which is not a number");
    }

    [Fact]
    public async Task Truths_may_come_as_parquet()
    {
        DataField[] fields = [new DataField<long>("customer"), new DataField<string>("left")];
        await using (var file = File.Create(folder.At("truths.parquet")))
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. fields]), file);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<long>(fields[0], new long[] { 17, 18 });
            await group.WriteAsync(fields[1], (string[])["yes", "no"]);
        }
        await using var rows = BaseFiles.Open(folder.At("truths.parquet")).OpenAsOne();
        new TruthFile("truths.parquet", Numbers, ("customer", "left"))
            .Read(rows)
            .Select(line => GroundTruthRecord.Parse(Encoding.UTF8.GetBytes(line)))
            .Select(one => $"{one.EventId} {one.Data}")
            .ShouldBe(["17 yes", "18 no"]);
    }

    private string[] Built(ProjectDescription project, string name)
    {
        var to = folder.At($"v{Guid.NewGuid():N}");
        DataSetBuilder.Build(project, folder.At(name), [], [], to, At);
        string[] files = [DataSetBuilder.TrainFile, DataSetBuilder.ValidationFile, DataSetBuilder.BaseFile];
        return [.. files.Select(file => File.ReadAllText(Path.Combine(to, file)))];
    }

    private string Problem(string name) => Should.Throw<UserError>(() => Built(Numbers, name)).Message;

    private void Gzip(string name, string text)
    {
        using var file = new GZipStream(File.Create(folder.At(name)), CompressionLevel.Fastest);
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
