using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Plumbline.Bench.Prepare;

/// <summary>Writes the tables of the bench: the same rows each time.</summary>
internal static class PrepareFiles
{
    public const string Csv = "table.csv";
    public const string Jsonl = "manifest.jsonl";

    public const string List = "list-of-contents.jsonl";

    /// <summary>Writes the table that has this name: a CSV of so many gigabytes, or so many million lines.</summary>
    public static void Write(string path, double size)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        if (path.EndsWith(Csv, StringComparison.Ordinal))
            WriteCsv(file, (long)(size * 1e9));
        else if (path.EndsWith(List, StringComparison.Ordinal))
            WriteList(file, (long)(size * 1e6));
        else
            WriteJsonl(file, (long)(size * 1e6));
    }

    /// <summary>20 columns of numbers and a label.</summary>
    private static void WriteCsv(FileStream file, long bytes)
    {
        file.Write(
            Encoding.UTF8.GetBytes("label," + string.Join(',', Enumerable.Range(0, 20).Select(i => $"x{i}")) + "\n")
        );
        var random = new Random(1);
        Span<byte> cell = stackalloc byte[32];
        while (file.Position < bytes)
        {
            file.Write(random.Next(2) == 0 ? "no"u8 : "yes"u8);
            for (var i = 0; i < 20; i++)
            {
                file.WriteByte((byte)',');
                Utf8Formatter.TryFormat(random.Next(-5_000_000, 5_000_000) / 1000.0, cell, out var length);
                file.Write(cell[..length]);
            }
            file.WriteByte((byte)'\n');
        }
    }

    /// <summary>The list of images in S3 with their hashes, of which a data set version of contents is made.</summary>
    private static void WriteList(FileStream into, long lines)
    {
        using var file = new StreamWriter(into, new UTF8Encoding(false), 1 << 16);
        var random = new Random(3);
        var hash = new byte[32];
        for (var i = 0L; i < lines; i++)
        {
            random.NextBytes(hash);
            var sha = Convert.ToHexStringLower(hash);
            var isYes = random.Next(2);
            file.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"source-ref\":\"s3://images/2026/{i:D9}.jpg\",\"eTag\":\"\\\"{sha[..32]}\\\"\",\"label\":\"{(isYes == 0 ? "no" : "yes")}\",\"class\":{isYes},\"content\":{{\"sha256\":\"{sha}\",\"type\":\"image/jpeg\",\"size\":{random.Next(1000, 900_000)}}},\"key\":\"{sha}\",\"id\":\"s3://images/2026/{i:D9}.jpg\",\"origin\":\"base\",\"weight\":1}}\n"
                )
            );
        }
    }

    /// <summary>Lines in the shape of an augmented manifest, with two numbers that a model can take.</summary>
    private static void WriteJsonl(FileStream into, long lines)
    {
        using var file = new StreamWriter(into, new UTF8Encoding(false), 1 << 16);
        var random = new Random(2);
        for (var i = 0L; i < lines; i++)
        {
            file.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"source-ref\":\"s3://images/2026/{i:D9}.jpg\",\"label\":\"{(random.Next(2) == 0 ? "no" : "yes")}\",\"size\":{random.Next(1000, 900_000)},\"brightness\":{random.Next(0, 1000) / 1000.0},\"label-metadata\":{{\"confidence\":0.{random.Next(10, 99)},\"human-annotated\":\"yes\",\"type\":\"groundtruth/image-classification\"}}}}\n"
                )
            );
        }
    }
}
