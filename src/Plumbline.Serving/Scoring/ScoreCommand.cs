using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Scoring;

/// <summary>
/// <c>plumbline-serving score</c>: a processing job that asks the model server about the held-out examples, as callers of
/// the endpoint do. Reads the inputs <c>model</c> (model.tar.gz), <c>test</c> and, for images and texts, <c>content</c>.
/// Writes a file for each set to the output <c>scores</c>: for each row of a table a line with a probability for each
/// class, or with the number of a regression; for each content a line with the answer as a JSON string.
/// </summary>
internal static class ScoreCommand
{
    private const int RowsAtOnce = 500;

    private static readonly string[] Sets = ["recent", "base"];

    /// <exception cref="InputException">The model cannot be served, or the server refuses a row.</exception>
    public static async Task RunAsync(CancellationToken stop)
    {
        var folder = Path.Combine(ServingSettings.BaseFolder(), "processing");
        var scores = Path.Combine(folder, "output", "scores");
        Directory.CreateDirectory(scores);
        await using var server = await ScoredModel.StartAsync(Path.Combine(folder, "input", "model"), stop);
        foreach (var set in Sets)
        {
            var test = Path.Combine(folder, "input", "test", set);
            var (name, count) = File.Exists($"{test}.jsonl")
                ? ("contents", await ContentsAsync(server, $"{test}.jsonl", Path.Combine(scores, $"{set}.jsonl"), stop))
                : ("rows", await RowsAsync(server, $"{test}.csv", Path.Combine(scores, $"{set}.csv"), stop));
            Console.WriteLine($"{set}: {count} {name} scored");
        }
    }

    private static async Task<int> RowsAsync(ScoredModel server, string test, string scores, CancellationToken stop)
    {
        var lines = File.Exists(test) ? await File.ReadAllLinesAsync(test, stop) : [];
        await using var written = File.CreateText(scores);
        foreach (var rows in lines.Chunk(RowsAtOnce))
        {
            // The first cell is the truth.
            var body = string.Concat(
                rows.Select(row => row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..] + "\n")
            );
            var answer = await server.AskAsync(Encoding.UTF8.GetBytes(body), "text/csv", Path.GetFileName(test), stop);
            foreach (var line in Read(answer, rows.Length))
            {
                await written.WriteLineAsync(line);
            }
        }

        return lines.Length;
    }

    /// <summary>Sends each image or text in its own content type, and writes the whole answer as a line of JSON.</summary>
    private static async Task<int> ContentsAsync(ScoredModel server, string test, string scores, CancellationToken stop)
    {
        var inputs = Path.Combine(Path.GetDirectoryName(test)!, "..");
        var lines = await File.ReadAllLinesAsync(test, stop);
        await using var written = File.CreateText(scores);
        foreach (var line in lines)
        {
            using var example = JsonDocument.Parse(line);
            var root = example.RootElement;
            var body = await File.ReadAllBytesAsync(Path.Combine(inputs, root.GetProperty("file").GetString()!), stop);
            var type = root.GetProperty("content").GetProperty("type").GetString()!;
            var answer = await server.AskAsync(body, type, root.GetProperty("id").GetString()!, stop);
            await written.WriteLineAsync(JsonSerializer.Serialize(answer));
        }

        return lines.Length;
    }

    private static IReadOnlyList<string> Read(string answer, int rows)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var lines = json.RootElement.GetProperty("predictions").EnumerateArray().Select(Line).ToList();
            return lines.Count == rows
                ? lines
                : throw new InputException("answer", $"has {lines.Count} predictions for {rows} rows");
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException(
                "answer",
                "has neither probabilities nor a number for each row: "
                    + """answer {"predictions":[{"label":"a","score":0.9,"probabilities":[0.9,0.1]}]} or {"predictions":[{"score":12.5}]}"""
            );
        }
    }

    private static string Line(JsonElement prediction) =>
        prediction.TryGetProperty("probabilities", out var probabilities)
            ? string.Join(',', probabilities.EnumerateArray().Select(Number))
            : Number(prediction.GetProperty("score"));

    private static string Number(JsonElement one) => one.GetSingle().ToString("R", CultureInfo.InvariantCulture);
}
