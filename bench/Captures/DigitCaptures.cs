using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Plumbline.Bench.Captures;

/// <summary>
/// Captured predictions like those of the digits sample, written like the local cloud's data capture: 64 features, and
/// an answer with label, score and ten probabilities. The same number gives the same line.
/// </summary>
internal sealed class DigitCaptures
{
    public static readonly string[] Labels = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>The time of the first prediction.</summary>
    public static DateTimeOffset Start { get; set; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string[] labelled = ReadRows();
    private readonly double[] weights = new double[Labels.Length];
    private readonly StringBuilder answer = new();

    public IEnumerable<string> Labelled() => labelled;

    public string Features(int number) => labelled[number % labelled.Length][2..];

    /// <summary>The inference id of a prediction: a UUID; ids are not in order.</summary>
    public static string Key(int number)
    {
        var bytes = new byte[16];
        new Random(number).NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    /// <summary>The time of a prediction: one a second, from <see cref="Start"/> on.</summary>
    public static DateTimeOffset Time(int number) => Start.AddSeconds(number);

    public static int Predicted(int number) => number % 7 % Labels.Length;

    /// <summary>The true label; the model is right nine times out of ten.</summary>
    public static int Actual(int number) =>
        number % 10 == 3 ? (Predicted(number) + 1) % Labels.Length : Predicted(number);

    /// <param name="spaced">True for blanks after colons and commas, as Python's json writes them.</param>
    public string CaptureLine(int number, bool spaced = false)
    {
        var line = $$$"""
            {"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":"{{{Features(
                number
            )}}}\n","encoding":"CSV"},"endpointOutput":{"observedContentType":"application/json","mode":"OUTPUT","data":"{{{Answer(
                number
            )}}}","encoding":"JSON"}},"eventMetadata":{"eventId":"{{{Key(-1 - number)}}}","inferenceId":"{{{Key(
                number
            )}}}","inferenceTime":"{{{Time(number):yyyy-MM-ddTHH:mm:ssZ}}}"},"eventVersion":"0"}

            """;
        return spaced
            ? line.Replace("\":", "\": ", StringComparison.Ordinal).Replace(",\"", ", \"", StringComparison.Ordinal)
            : line;
    }

    public static string LabelLine(int number) =>
        $$$"""
            {"groundTruthData":{"data":"{{{Actual(number)}}}","encoding":"CSV"},"eventMetadata":{"eventId":"{{{Key(
                number
            )}}}"},"eventVersion":"0"}

            """;

    private string Answer(int number)
    {
        var random = new Random(number);
        var label = Predicted(number);
        for (var c = 0; c < weights.Length; c++)
        {
            weights[c] = c == label ? 1 : 0.4 * random.NextDouble() * random.NextDouble();
        }
        var sum = weights.Sum();
        answer.Clear();
        answer.Append(CultureInfo.InvariantCulture, $"{{\\\"predictions\\\":[{{\\\"label\\\":\\\"{label}\\\"");
        answer.Append(CultureInfo.InvariantCulture, $",\\\"score\\\":{weights[label] / sum:0.####}");
        answer.Append(",\\\"probabilities\\\":[");
        answer.AppendJoin(',', weights.Select(w => (w / sum).ToString("0.####", CultureInfo.InvariantCulture)));
        return answer.Append("]}]}").ToString();
    }

    private static string[] ReadRows()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var rows = new List<string>();
        while (text.ReadLine() is { } line)
        {
            rows.Add($"{line[^1]},{line[..^2]}");
        }
        return [.. rows];
    }
}
