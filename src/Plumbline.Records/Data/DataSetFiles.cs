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
    /// <summary>
    /// The channel of the contents in the loop's bucket. The contents of the project's prefixes in S3 have channels of
    /// their own: <c>content1</c> for the first of <see cref="Project.DataDescription.ContentPrefixes"/>, and so on.
    /// </summary>
    public const string ContentChannel = "content";

    /// <summary>The folder with the lists of contents, each of them a SageMaker ManifestFile.</summary>
    public const string ContentLists = "contents/";

    /// <summary>The name of a channel with contents.</summary>
    /// <param name="prefix">0 for the loop's bucket, or the number of a prefix, from 1.</param>
    public static string ChannelOf(int prefix) => prefix == 0 ? ContentChannel : $"{ContentChannel}{prefix}";

    /// <summary>The list of the contents of train and validation in a channel.</summary>
    public static string TrainContents(int prefix = 0) =>
        $"{ContentLists}train{(prefix == 0 ? "" : $"-{prefix}")}.manifest";

    /// <summary>The list of the contents of both test files in a channel.</summary>
    public static string TestContents(int prefix = 0) =>
        $"{ContentLists}test{(prefix == 0 ? "" : $"-{prefix}")}.manifest";

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
