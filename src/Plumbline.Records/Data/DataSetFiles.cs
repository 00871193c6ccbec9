using Plumbline.Records.Examples;

namespace Plumbline.Records.Data;

/// <summary>
/// The names of a data set version's files, below its prefix, and the way to read their lines. A table has CSVs with the
/// class index first; contents have JSON Lines.
/// </summary>
/// <param name="Train">In the train channel.</param>
/// <param name="Validation">In the validation channel.</param>
/// <param name="Recent">The held-out members of the audit sample.</param>
/// <param name="Base">The held-out base data.</param>
public sealed record DataSetFiles(string Train, string Validation, string Recent, string Base)
{
    /// <summary>The list of the contents of train and validation, as SageMaker's ManifestFile.</summary>
    public const string TrainContents = "contents/train.manifest";

    /// <summary>The list of the contents of both test files.</summary>
    public const string TestContents = "contents/test.manifest";

    public static DataSetFiles OfTable { get; } =
        new(
            DataSetBuilder.TrainFile,
            DataSetBuilder.ValidationFile,
            DataSetBuilder.RecentFile,
            DataSetBuilder.BaseFile
        );

    public static DataSetFiles OfContents { get; } =
        new("train/examples.jsonl", "validation/examples.jsonl", "test/recent.jsonl", "test/base.jsonl");

    /// <summary>All four, in the order train, validation, recent, base.</summary>
    public IReadOnlyList<string> All => [Train, Validation, Recent, Base];

    /// <summary>The files of a version of a project with, or without, content.</summary>
    public static DataSetFiles Of(bool isContent) => isContent ? OfContents : OfTable;

    /// <summary>The class index of a line of any of the files; -1 if the line has none.</summary>
    public static int ClassOf(string line) =>
        line.StartsWith('{') ? RecordJson.Read<Example>(line, "").Class
        : int.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(',', StringComparison.Ordinal))), out var label) ? label
        : -1;

    /// <summary>The text of the truth in a line of contents.</summary>
    public static string TruthIn(string line) => RecordJson.Read<Example>(line, "").Label;

    /// <summary>The input in a line of any of the files, in words.</summary>
    public static string InputOf(string line) =>
        line.StartsWith('{')
            ? RecordJson.Read<Example>(line, "") is var example
                ? $"{example.Id} ({example.Content.Text()})"
                : ""
            : line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..];
}
