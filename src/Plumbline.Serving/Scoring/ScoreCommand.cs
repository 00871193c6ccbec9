using System.Globalization;
using System.Text.Json;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Scoring;

/// <summary>
/// <c>plumbline-serving score</c>: a processing job that asks the model server for the held-out rows, as callers of the
/// endpoint do. Reads the inputs <c>model</c> (model.tar.gz) and <c>test</c>, and writes a CSV for each set of rows to the
/// output <c>scores</c>: one line for each row, with a probability for each class, or the number of a regression.
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
            var test = Path.Combine(folder, "input", "test", $"{set}.csv");
            var lines = File.Exists(test) ? await File.ReadAllLinesAsync(test, stop) : [];
            await using var written = File.CreateText(Path.Combine(scores, $"{set}.csv"));
            foreach (var rows in lines.Chunk(RowsAtOnce))
            {
                // The first cell is the label.
                var body = rows.Select(row => row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..] + "\n");
                foreach (var line in Read(await server.AskAsync(string.Concat(body), stop), rows.Length))
                {
                    await written.WriteLineAsync(line);
                }
            }

            Console.WriteLine($"{set}: {lines.Length} rows scored");
        }
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
