using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;
using Plumbline.Tables;

namespace Plumbline.Records.Tests.Sources;

/// <summary>A random table with a column of each kind and gaps, which is written in each format.</summary>
internal sealed class SameTable(Random random, int rows)
{
    private static readonly string[] Names = ["Bern", "St. Gallen, west", "Zürich", "\"quoted\"", "two\nlines", "0.5"];

    private readonly string[] label = Draw(rows, () => random.Next(2) == 0 ? "no" : "yes");
    private readonly double?[] number = Draw(
        rows,
        () => Gap(random) ? (double?)null : Math.Round(random.NextDouble() * 1e4 - 5e3, random.Next(6))
    );
    private readonly long?[] whole = Draw(rows, () => Gap(random) ? (long?)null : random.NextInt64(-1000, 1_000_000));
    private readonly bool?[] flag = Draw(rows, () => Gap(random) ? (bool?)null : random.Next(2) == 0);
    private readonly string?[] name = Draw(rows, () => Gap(random) ? null : Names[random.Next(Names.Length)]);
    private readonly DateTime?[] time = Draw(
        rows,
        () =>
            Gap(random)
                ? (DateTime?)null
                : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(400) * 43_200L)
    );

    public string Csv()
    {
        var text = new StringBuilder("label,number,whole,flag,name,time\n");
        for (var row = 0; row < rows; row++)
        {
            string?[] cells =
            [
                label[row],
                Text(number[row]),
                Text(whole[row]),
                Word(flag[row]),
                name[row],
                Iso(time[row]),
            ];
            text.AppendJoin(',', cells.Select(cell => CsvCells.Quote(cell ?? ""))).Append('\n');
        }
        return text.ToString();
    }

    public string Jsonl()
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            var line = new JsonObject
            {
                ["label"] = label[row],
                ["number"] = number[row],
                ["whole"] = whole[row],
                ["flag"] = flag[row],
                ["name"] = name[row],
                ["time"] = Iso(time[row]),
            };
            // The order of the members does not matter, and a member without a value may be left out.
            if (row > 0 && random.Next(3) == 0)
            {
                var first = line["label"];
                line.Remove("label");
                line["label"] = first;
                foreach (var gap in line.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
                {
                    line.Remove(gap);
                }
            }
            text.Append(line.ToJsonString()).Append('\n');
        }
        return text.ToString();
    }

    /// <param name="path">The file to write.</param>
    /// <param name="groups">The number of row groups.</param>
    public async Task ParquetAsync(string path, int groups)
    {
        DataField[] fields =
        [
            new DataField<string>("label"),
            new DataField<double?>("number"),
            new DataField<long?>("whole"),
            new DataField<bool?>("flag"),
            new DataField<string>("name"),
            new DateTimeDataField("time", DateTimeFormat.Timestamp, isNullable: true),
        ];
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. fields]), file);
        foreach (var part in Enumerable.Range(0, rows).Chunk(Math.Max(1, (rows + groups - 1) / groups)))
        {
            var (from, count) = (part[0], part.Length);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(fields[0], new ArraySegment<string>(label, from, count));
            await group.WriteAsync<double>(fields[1], number.AsMemory(from, count));
            await group.WriteAsync<long>(fields[2], whole.AsMemory(from, count));
            await group.WriteAsync<bool>(fields[3], flag.AsMemory(from, count));
            await group.WriteAsync(fields[4], new ArraySegment<string?>(name, from, count)!);
            await group.WriteAsync<DateTime>(fields[5], time.AsMemory(from, count));
        }
    }

    private static T[] Draw<T>(int count, Func<T> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

    private static bool Gap(Random random) => random.Next(8) == 0;

    private static string? Text<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);

    private static string? Word(bool? value) =>
        value switch
        {
            null => null,
            true => "true",
            _ => "false",
        };

    private static string? Iso(DateTime? time) =>
        time?.ToString(
            time.Value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss",
            CultureInfo.InvariantCulture
        );
}
