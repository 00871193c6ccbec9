using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Tables.Tests;

public sealed class TableEncoderTests
{
    private static readonly TableSchema Schema = new()
    {
        Columns =
        [
            new Column("age", ColumnKind.Number),
            new Column("city", ColumnKind.Category),
            new Column("joined", ColumnKind.Time),
            new Column("active", ColumnKind.Boolean),
            new Column("note", ColumnKind.Text),
        ],
    };

    [Fact]
    public void Codes_follow_the_frequency_of_the_names_in_the_training_rows()
    {
        var encoder = Fit(["1,Bern,,,", "2,Basel,,,", "3,Basel,,,", "4,NA,,,", "5,Aarau,,,"]);
        encoder.Categories(1).ShouldBe(["Basel", "Aarau", "Bern"]);
        Code(encoder, "Basel").ShouldBe(0);
        Code(encoder, " Bern ").ShouldBe(2);
        Code(encoder, "Genf").ShouldBe(float.NaN);
        Code(encoder, "NA").ShouldBe(float.NaN);
    }

    [Fact]
    public void A_continued_model_keeps_its_codes_and_new_names_follow()
    {
        var parent = Fit(["1,Basel,,,", "2,Basel,,,", "3,Bern,,,"]);
        var next = Fit(["1,Genf,,,", "2,Genf,,,", "3,Bern,,,", "4,Aarau,,,"], parent);
        next.Categories(1).ShouldBe(["Basel", "Bern", "Genf", "Aarau"]);
    }

    [Fact]
    public void A_time_is_five_numbers()
    {
        var encoder = Fit(["1,a,2026-03-01,,"]);
        var row = Encode(encoder, ["1", "a", "2026-03-01T18:30:00Z", "", ""]);
        encoder
            .FeatureNames.Skip(2)
            .Take(5)
            .ShouldBe(["joined day number", "joined month", "joined day of month", "joined weekday", "joined hour"]);
        row[2].ShouldBe(9556.771f, 0.01f);
        // 1 March 2026 is a Sunday.
        row[3..7].ShouldBe([3, 1, 6, 18.5f]);
    }

    [Fact]
    public void Words_are_counted_without_regard_to_case_and_punctuation()
    {
        var encoder = Fit(["1,a,,,x"]);
        var one = Encode(encoder, ["", "", "", "", "Win a prize! WIN"]);
        var two = Encode(encoder, ["", "", "", "", "win, A  Prize win"]);
        var start = encoder.FeatureNames.ToList().IndexOf("note words");
        one[start].ShouldBe(4);
        one[(start + 1)..].ShouldBe(two[(start + 1)..]);
        one[(start + 1)..].Sum().ShouldBe(4);
    }

    [Theory]
    [InlineData(0, "old", "column \"age\" has \"old\", which is not a number")]
    [InlineData(2, "soon", "column \"joined\" has \"soon\", which is not a date or time like")]
    [InlineData(3, "maybe", "column \"active\" has \"maybe\", which is not true or false")]
    public void A_cell_of_another_kind_is_refused_with_its_column(int column, string cell, string message)
    {
        var encoder = Fit(["1,a,,,"]);
        var bytes = Encoding.UTF8.GetBytes(cell);
        encoder.TryEncode(column, bytes, new float[encoder.Features]).ShouldBeFalse();
        encoder.Wrong(column, bytes).ShouldStartWith(message);
    }

    [Fact]
    public void The_stored_encoder_and_each_form_of_a_request_give_the_features_of_the_training()
    {
        var random = new Random(11);
        var rows = Enumerable.Range(0, 400).Select(_ => RandomRow(random)).ToList();
        var encoder = Fit([.. rows.Select(CsvCells.Join)]);
        var stored = TableEncoder.Parse(encoder.ToJson());
        stored.Schema.ShouldBe(Schema);
        var expected = rows.SelectMany(row => Encode(encoder, row)).ToArray();
        var names = Schema.Columns.Select(column => column.Name).ToArray();

        Answer(stored, string.Join('\n', rows.Select(CsvCells.Join)), csv: true).ShouldBe(expected);
        var turned = rows.Select(row => CsvCells.Join(row.Reverse())).Prepend(CsvCells.Join(names.Reverse()));
        Answer(stored, string.Join('\n', turned), csv: true).ShouldBe(expected);
        Answer(stored, JsonSerializer.Serialize(rows), csv: false).ShouldBe(expected);
        var named = rows.Select(row => new JsonObject(
            names.Zip(row).Select(pair => KeyValuePair.Create(pair.First, Value(pair.Second)))
        ));
        var frame = new JsonObject { ["instances"] = new JsonArray([.. named]) };
        Answer(stored, frame.ToJsonString(), csv: false).ShouldBe(expected);
    }

    private static JsonNode? Value(string cell) =>
        cell.Length == 0 ? null
        : float.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _) ? JsonNode.Parse(cell)
        : cell is "true" or "false" ? JsonValue.Create(cell == "true")
        : JsonValue.Create(cell);

    private static string[] RandomRow(Random random) =>
        [
            random.Next(5) == 0 ? "" : $"{random.Next(-100, 100) / 4m}",
            random.Next(5) == 0 ? "" : new[] { "Basel", "St. Gallen, West", "Zu\"rich", "\u00c4sch" }[random.Next(4)],
            random.Next(5) == 0 ? "" : new DateTime(2020, 1, 1).AddMinutes(random.Next(3_000_000)).ToString("s"),
            random.Next(5) == 0 ? ""
            : random.Next(2) == 0 ? "true"
            : "false",
            random.Next(5) == 0
                ? ""
                : string.Join(' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => $"word{random.Next(40)}")),
        ];

    private static TableEncoder Fit(IReadOnlyList<string> lines, TableEncoder? parent = null)
    {
        var fit = new EncoderFit(Schema, parent);
        foreach (var line in lines)
        {
            var row = new CsvRow(Encoding.UTF8.GetBytes(line));
            for (var column = 0; row.TryNext(out var cell); column++)
            {
                fit.Add(column, cell);
            }
        }
        return fit.Finish();
    }

    private static float Code(TableEncoder encoder, string city) => Encode(encoder, ["", city, "", "", ""])[1];

    private static float[] Encode(TableEncoder encoder, IReadOnlyList<string> cells)
    {
        var row = new float[encoder.Features];
        for (var column = 0; column < cells.Count; column++)
        {
            encoder.TryEncode(column, Encoding.UTF8.GetBytes(cells[column]), row).ShouldBeTrue();
        }
        return row;
    }

    private static float[] Answer(TableEncoder encoder, string body, bool csv)
    {
        var sink = new Sink(encoder);
        new RequestRows(encoder.Schema).Read(Encoding.UTF8.GetBytes(body), csv, sink);
        return [.. sink.All];
    }

    private sealed class Sink(TableEncoder encoder) : IRowSink
    {
        private readonly float[] row = new float[encoder.Features];

        public List<float> All { get; } = [];

        public void Begin() => Array.Fill(row, float.NaN);

        public string? Take(int column, ReadOnlySpan<byte> cell) =>
            encoder.TryEncode(column, cell, row) ? null : encoder.Wrong(column, cell);

        public void End() => All.AddRange(row);
    }
}
