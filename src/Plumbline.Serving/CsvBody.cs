using Plumbline.XGBoost.Csv;

namespace Plumbline.Serving;

/// <summary>Reads <c>text/csv</c>: one row per line, features only; empty cells and nan are missing values.</summary>
internal static unsafe class CsvBody
{
    public static void Read(ReadOnlySpan<byte> body, int columns, FeatureRows rows)
    {
        fixed (byte* first = body)
        {
            var at = first;
            var end = first + body.Length;
            while (at < end)
            {
                if (*at <= ' ' && LineParser.SkipBlank(ref at, end))
                {
                    continue;
                }
                int count;
                (int Cell, nint Start) bad;
                fixed (float* next = rows.Next())
                {
                    count = LineParser.Parse(ref at, end, next, columns, out bad);
                }
                if (bad.Cell != 0)
                {
                    var text = LineParser.Shown((byte*)bad.Start, end);
                    throw RequestError.BadRow(rows.Count + 1, $"column {bad.Cell}: \"{text}\" is not a number");
                }
                if (count != columns)
                {
                    throw RequestError.BadRow(rows.Count + 1, WrongCount(count, columns));
                }
                rows.Complete();
            }
        }
    }

    public static string WrongCount(int count, int columns) =>
        count == columns + 1
            ? $"{count} values, but the model takes {columns} (do not send the label)"
            : $"{count} values, but the model takes {columns}";
}
