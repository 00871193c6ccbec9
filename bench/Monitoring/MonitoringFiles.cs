using Plumbline.Bench.Captures;

namespace Plumbline.Bench.Monitoring;

/// <summary>The files of a window: captures and labels, so many of each, in files of ten thousand lines.</summary>
internal static class MonitoringFiles
{
    private const int LinesPerFile = 10_000;

    /// <param name="folder">Where they go.</param>
    /// <param name="count">How many captures and labels.</param>
    /// <param name="mixed">Whether every other capture is by a writer that puts blanks.</param>
    /// <param name="cancel">Ends it between files.</param>
    public static async Task WriteAsync(string folder, int count, bool mixed, CancellationToken cancel)
    {
        var captures = new DigitCaptures();
        Directory.CreateDirectory(Path.Combine(folder, "captures"));
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        for (var first = 0; first < count; first += LinesPerFile)
        {
            var name = $"{first / LinesPerFile:000}.jsonl";
            var numbers = Enumerable.Range(first, LinesPerFile).ToList();
            var lines = numbers.Select(number => captures.CaptureLine(number, mixed && number % 2 == 1));
            await File.WriteAllTextAsync(Path.Combine(folder, "captures", name), string.Concat(lines), cancel);
            var labels = string.Concat(numbers.Select(DigitCaptures.LabelLine));
            await File.WriteAllTextAsync(Path.Combine(folder, "labels", name), labels, cancel);
        }
    }

    public static IReadOnlyList<string> Captures(string folder) => Files(Path.Combine(folder, "captures"));

    public static IReadOnlyList<string> Labels(string folder) => Files(Path.Combine(folder, "labels"));

    private static List<string> Files(string folder) => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
}
