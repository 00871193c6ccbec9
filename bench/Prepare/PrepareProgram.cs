using System.Diagnostics;
using System.Globalization;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Tables;

namespace Plumbline.Bench.Prepare;

/// <summary>Builds a data set version as the prepare job does, and prints rows, held-out rows, CPU seconds and MiB.</summary>
internal static class PrepareProgram
{
    /// <summary>Writes one of the tables, for a profiler or a comparison with another commit.</summary>
    public static Task WriteAsync(string path, string size)
    {
        PrepareFiles.Write(path, double.Parse(size, CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    public static Task RunAsync(string path)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-prepare-");
        try
        {
            var at = DateTimeOffset.UnixEpoch;
            var built = path.EndsWith(PrepareFiles.List, StringComparison.Ordinal)
                ? ContentSetBuilder.Build(OfContents, path, [], [], folder.FullName, at, "plumbline-bench-1")
                : DataSetBuilder.Build(ProjectOf(path), path, [], [], folder.FullName, at);
            using var self = Process.GetCurrentProcess();
            var rows = built.Base.Train + built.Base.Validation + built.Base.Test;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rows} {built.Base.Test} {self.TotalProcessorTime.TotalSeconds} {self.PeakWorkingSet64 / 1048576.0}"
                )
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return Task.CompletedTask;
    }

    private static ProjectDescription OfContents =>
        new()
        {
            Name = "bench",
            Labels = ["no", "yes"],
            Data = new DataDescription
            {
                File = "s3://images/",
                Sources = ["s3://images/"],
                Format = SourceFormat.Folders,
            },
        };

    private static ProjectDescription ProjectOf(string path) =>
        new()
        {
            Name = "bench",
            Labels = ["no", "yes"],
            Data = path.EndsWith(".csv", StringComparison.Ordinal)
                ? new DataDescription()
                : new DataDescription
                {
                    Schema = new TableSchema
                    {
                        Columns =
                        [
                            new Column("source-ref", ColumnKind.Category),
                            new Column("size", ColumnKind.Number),
                            new Column("brightness", ColumnKind.Number),
                        ],
                        Missing = TableSchema.UsualMissing,
                    },
                    Ignored = ["label-metadata"],
                },
        };
}
