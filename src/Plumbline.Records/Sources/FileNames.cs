using Plumbline.Records.Project;

namespace Plumbline.Records.Sources;

/// <summary>The meaning of file names and S3 keys: which ones are tables, and of which format.</summary>
public static class FileNames
{
    private const string Gzip = ".gz";

    private static readonly (string End, SourceFormat Format)[] Extensions =
    [
        (".csv", SourceFormat.Csv),
        (".jsonl", SourceFormat.Jsonl),
        (".ndjson", SourceFormat.Jsonl),
        (".parquet", SourceFormat.Parquet),
    ];

    /// <summary>The ends of names that are tables, for messages.</summary>
    public const string Known = ".csv, .jsonl, .ndjson (each may end in .gz) or .parquet";

    public static bool IsGzipped(string name) => name.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase);

    /// <summary>The format of a file; null if the file is not a table.</summary>
    /// <param name="name">A path or a key.</param>
    /// <param name="given">The format of all files, if the project gives it.</param>
    public static SourceFormat? FormatOf(string name, SourceFormat? given)
    {
        var last = name[(name.LastIndexOf('/') + 1)..];
        // Programs that write many files leave a marker, such as _SUCCESS, and checksums, such as .part.crc.
        if (last.Length == 0 || last[0] is '_' or '.')
        {
            return null;
        }
        if (given is not null)
        {
            return given;
        }
        var plain = IsGzipped(last) ? last[..^Gzip.Length] : last;
        foreach (var (end, format) in Extensions)
        {
            if (
                plain.EndsWith(end, StringComparison.OrdinalIgnoreCase)
                && (format != SourceFormat.Parquet || plain.Length == last.Length)
            )
            {
                return format;
            }
        }
        return null;
    }
}
