using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Plumbline.Records.Data;
using Plumbline.Tables;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Csv;

namespace Plumbline.Bench.Categories;

/// <summary>
/// XGBoost on a table with categories, trained as the train job does, against LightGBM's own handling of categories. Five
/// folds; each gets the kinds that `plumb new` finds, the features of the encoder that is fitted on its training rows, and
/// the best of two sizes of trees and four numbers of rounds. LightGBM gets the same features; peers/categories.py runs it.
/// </summary>
internal static class CategoriesBench
{
    private const int Folds = 5;
    private static readonly int[] Rounds = [50, 100, 200, 400];
    private static readonly int[] Depths = [4, 6];

    public static async Task RunAsync(string[] args, CancellationToken cancel)
    {
        if (args is not [_, var path, var label, var positive, var library, .. var ignored])
        {
            Console.WriteLine("categories TABLE.csv LABEL POSITIVE lib_lightgbm.so [IGNORED COLUMN]...");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            var schema = SchemaOf(path, label, ignored);
            Console.WriteLine(
                string.Join(", ", schema.Columns.CountBy(column => column.Kind).Select(one => $"{one.Value} {one.Key}"))
            );
            var rows = Rows(path, label, positive, schema);
            var random = new Random(42);
            int[] folds = [.. rows.Select(_ => random.Next(Folds))];
            for (var fold = 0; fold < Folds; fold++)
            {
                var at = Path.Combine(folder, $"{fold}");
                Write(Path.Combine(at, "train"), schema, rows.Where((_, row) => folds[row] != fold));
                Write(Path.Combine(at, "test"), schema, rows.Where((_, row) => folds[row] == fold));
                Train(at, schema, cancel);
            }

            using var peer = Process.Start(
                "/usr/bin/python3",
                [Path.Combine(AppContext.BaseDirectory, "peers", "categories.py"), folder, library]
            );
            await peer.WaitForExitAsync(cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The columns and their kinds as `plumb new` writes them, without the ignored ones.</summary>
    private static TableSchema SchemaOf(string path, string label, string[] ignored) =>
        new()
        {
            Columns =
            [
                .. TableInspection
                    .Read(path, label)
                    .Kinds()
                    .Where(one => one.Kind is not null && !ignored.Contains(one.Name))
                    .Select(one => new Column(one.Name, one.Kind!.Value)),
            ],
        };

    /// <summary>The rows as the train job gets them: the class, then the cells of the schema.</summary>
    private static List<string> Rows(string path, string label, string positive, TableSchema schema)
    {
        using var lines = File.ReadLines(path).GetEnumerator();
        lines.MoveNext();
        var header = CsvCells.Split(lines.Current).ToList();
        int[] places = [.. schema.Columns.Select(column => header.IndexOf(column.Name))];
        var (truth, rows) = (header.IndexOf(label), new List<string>());
        while (lines.MoveNext())
        {
            var cells = CsvCells.Split(lines.Current);
            rows.Add(CsvCells.Join([cells[truth].Trim() == positive ? "1" : "0", .. places.Select(at => cells[at])]));
        }

        return rows;
    }

    private static void Write(string folder, TableSchema schema, IEnumerable<string> rows)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "rows.csv"), rows);
        File.WriteAllText(Path.Combine(folder, TableSchema.FileName), schema.ToJson());
    }

    /// <summary>Writes the features and truths of a fold, and XGBoost's scores of its test rows.</summary>
    private static void Train(string folder, TableSchema schema, CancellationToken cancel)
    {
        var train = Path.Combine(folder, "train");
        var encoder = EncodedCsv.Fit(schema, null, train, "train", cancel);
        File.WriteAllText(Path.Combine(folder, "categories.json"), JsonSerializer.Serialize(encoder.IsCategory));
        using var learned = Encoded(folder, "train");
        using var tested = Encoded(folder, "test");
        foreach (var depth in Depths)
        {
            using var booster = Booster.Create(
                [
                    new("objective", "binary:logistic"),
                    new("eta", "0.1"),
                    new("max_depth", depth.ToString(CultureInfo.InvariantCulture)),
                    new("tree_method", "hist"),
                    new("nthread", "1"),
                    new("seed", "42"),
                ],
                learned
            );
            for (var round = 0; round < Rounds[^1]; round++)
            {
                booster.Update(round, learned);
                if (Rounds.Contains(round + 1))
                {
                    Store(Path.Combine(folder, $"xgboost-{depth}-{round + 1}.f32"), booster.Predict(tested));
                }
            }
        }

        DMatrix Encoded(string root, string side)
        {
            using var table = EncodedCsv.Read(encoder, new CsvShape(), Path.Combine(root, side), side, cancel);
            Store(Path.Combine(root, $"{side}.f32"), table.RowRange(0, table.Rows));
            Store(Path.Combine(root, $"{side}-truth.f32"), table.Labels);
            var matrix = DMatrix.FromTable(table);
            matrix.SetCategories(encoder.IsCategory);
            return matrix;
        }
    }

    private static void Store(string path, ReadOnlySpan<float> values) =>
        File.WriteAllBytes(path, MemoryMarshal.AsBytes(values).ToArray());
}
