using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Serving;
using Plumbline.Tables;
using Plumbline.Testing;
using Plumbline.XGBoost.Csv;

namespace Plumbline.Jobs.Tests.Tables;

/// <summary>
/// Random tables go through prepare and the trainer's reader, and through the server's reader in each form of a request:
/// a model gets the same features from all of them.
/// </summary>
public sealed class EncodingParityTests : IDisposable
{
    private const int Tables = 40;
    private const int Rows = 120;

    private static readonly string[] Names =
    [
        "Basel",
        "St. Gallen, West",
        "Zu\"rich",
        "Äsch",
        "7",
        "true",
        "a\tb",
        "-",
    ];
    private static readonly string[] Words = ["parcel", "LATE", "très", "late,", "\"again\"", "20%", "can't", "日本"];
    private static readonly string[] Gaps = ["", "NA", "?", "  ", "null"];
    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ssK", "yyyy/M/d"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_features_of_training_are_those_of_serving_in_each_form_of_a_request()
    {
        var random = Seeds.Random(1300);
        for (var table = 0; table < Tables; table++)
        {
            Compare($"table {table}", folder.At($"{table}"), random);
        }
    }

    private static void Compare(string table, string root, Random random)
    {
        var columns = RandomColumns(random);
        var truths = new[] { "no", "yes" };
        string[] header = [.. columns.Select(column => column.Name), "label"];
        var rows = Enumerable
            .Range(0, Rows)
            .Select(i => columns.Select(column => RandomCell(column.Kind, random)).Append(truths[i % 2]));
        Directory.CreateDirectory(root);
        var file = Path.Combine(root, "data.csv");
        File.WriteAllText(file, string.Concat(rows.Prepend(header).Select(row => CsvCells.Join(row) + "\n")));

        DataSetBuilder.Build(Project(columns), file, [], [], root, DateTimeOffset.UnixEpoch);
        var train = Path.Combine(root, "train");
        var encoder = EncodedCsv.Fit(EncodedCsv.SchemaOf(train, "train")!, null, train, "train");
        using var trained = EncodedCsv.Read(encoder, new CsvShape(), train, "train");
        var expected = trained.RowRange(0, trained.Rows).ToArray();
        expected.ShouldContain(value => !float.IsNaN(value), table);

        var server = new EncodedRows(TableEncoder.Parse(encoder.ToJson()));
        var cells = File.ReadLines(Path.Combine(train, "train.csv")).Select(CellsOf).ToList();
        float[] Served(string body, bool csv)
        {
            using var read = new FeatureRows(encoder.Features);
            server.Read(Encoding.UTF8.GetBytes(body), csv, read);
            return read.Values.ToArray();
        }

        var names = columns.Select(column => column.Name).ToArray();
        int[] order = [.. Enumerable.Range(0, names.Length)];
        random.Shuffle(order);
        var turned = cells.Select(row => Array.ConvertAll(order, place => row[place]));
        Served(Csv(cells), csv: true).ShouldBe(expected, $"{table}: CSV");
        Served(Csv([names, .. cells]), csv: true).ShouldBe(expected, $"{table}: CSV with its header");
        Served(Csv([Array.ConvertAll(order, place => names[place]), .. turned]), csv: true)
            .ShouldBe(expected, $"{table}: CSV with the header in another order");
        var lists = cells.Select(row => new JsonArray([
            .. row.Select((cell, i) => Json(cell, columns[i].Kind, random)),
        ]));
        Served(new JsonArray([.. lists]).ToJsonString(), csv: false).ShouldBe(expected, $"{table}: JSON lists");
        var objects = cells.Select(row => ObjectOf(columns, row, random));
        var frame = new JsonObject { ["instances"] = new JsonArray([.. objects]) };
        Served(frame.ToJsonString(), csv: false).ShouldBe(expected, $"{table}: JSON objects");
    }

    private static Column[] RandomColumns(Random random)
    {
        var kinds = Enum.GetValues<ColumnKind>();
        var columns = Enumerable
            .Range(0, random.Next(2, 8))
            .Select(i => new Column(
                $"{(random.Next(3) == 0 ? "the, " : "")}column {i}",
                kinds[random.Next(kinds.Length)]
            ))
            .ToArray();
        // A table of numbers alone needs no encoder.
        columns[0] = columns[0] with
        {
            Kind = ColumnKind.Category,
        };
        return columns;
    }

    private static ProjectDescription Project(Column[] columns)
    {
        var project = ProjectDescription.Parse("name: random\ndata: {file: data.csv}\nlabels: [no, yes]\n");
        return project with
        {
            Data = project.Data with
            {
                Schema = new TableSchema { Columns = columns },
                Ignored = [],
            },
        };
    }

    private static string RandomCell(ColumnKind kind, Random random)
    {
        if (random.Next(6) == 0)
        {
            return Gaps[random.Next(Gaps.Length)];
        }

        return kind switch
        {
            ColumnKind.Number => RandomNumber(random),
            ColumnKind.Category => Names[(int)(Names.Length * random.NextDouble() * random.NextDouble())],
            ColumnKind.Boolean => new[] { "true", "no", "1", "f", "Yes", "0" }[random.Next(6)],
            ColumnKind.Time => new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc)
                .AddMinutes(random.Next(20_000_000))
                .ToString(Times[random.Next(Times.Length)], CultureInfo.InvariantCulture),
            _ => string.Join(' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => Words[random.Next(Words.Length)])),
        };
    }

    private static string RandomNumber(Random random)
    {
        var number = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 9));
        return number.ToString(random.Next(2) == 0 ? "R" : "0.###", CultureInfo.InvariantCulture);
    }

    /// <summary>The cells of a line without its first, which is the class.</summary>
    private static string[] CellsOf(string line)
    {
        var row = new CsvRow(Encoding.UTF8.GetBytes(line));
        var cells = new List<string>();
        while (row.TryNext(out var cell))
        {
            cells.Add(Encoding.UTF8.GetString(cell));
        }

        return [.. cells.Skip(1)];
    }

    private static string Csv(IEnumerable<string[]> rows) =>
        string.Concat(rows.Select(row => CsvCells.Join(row) + "\n"));

    /// <summary>The cell as a program would write it: a number or a flag by its own type, or all as texts.</summary>
    private static JsonNode? Json(string cell, ColumnKind kind, Random random) =>
        cell.Length == 0 && random.Next(2) == 0 ? null
        : random.Next(2) == 0 ? JsonValue.Create(cell)
        : kind == ColumnKind.Number && double.TryParse(cell, CultureInfo.InvariantCulture, out _) ? JsonNode.Parse(cell)
        : kind == ColumnKind.Boolean && cell is "true" ? JsonValue.Create(true)
        : JsonValue.Create(cell);

    /// <summary>A row by the names of its columns, in any order and without some of the gaps.</summary>
    private static JsonObject ObjectOf(Column[] columns, string[] cells, Random random)
    {
        int[] order = [.. Enumerable.Range(0, cells.Length).Where(i => cells[i].Length > 0 || random.Next(2) == 0)];
        random.Shuffle(order);
        return new JsonObject(
            order.Select(i => KeyValuePair.Create(columns[i].Name, Json(cells[i], columns[i].Kind, random)))
        );
    }
}
