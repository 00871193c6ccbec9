using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Jobs.Score;

/// <summary>
/// The losses that the project's own score program gives, in <c>task: custom</c>. One process scores all examples: it
/// reads a line of JSON for each, and writes a line with the loss.
/// </summary>
/// <param name="folder">The unpacked program.</param>
/// <param name="name">The program in messages: <c>quality.score</c>.</param>
/// <param name="patience">The longest time for one example.</param>
public sealed class OwnScores(string folder, string name, TimeSpan patience)
{
    /// <summary>The longest time for one example.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(1);

    private const int ShownCharacters = 200;

    /// <summary>Downloads and unpacks the program of a project with <c>task: custom</c>; null for other tasks.</summary>
    /// <exception cref="UserError">The program was not uploaded with the description.</exception>
    public static async Task<OwnScores?> FindAsync(
        ProjectDescription project,
        BucketClient bucket,
        string scratch,
        CancellationToken ct
    )
    {
        if (project.Quality.Score is not { } name)
        {
            return null;
        }

        var folder = Path.Combine(scratch, "score");
        Directory.CreateDirectory(folder);
        var found =
            project.Quality.ScoreKey is { } key
            && await bucket.TryReadAsync(
                key,
                async stream =>
                {
                    await using var packed = new GZipStream(stream, CompressionMode.Decompress);
                    await TarFile.ExtractToDirectoryAsync(packed, folder, overwriteFiles: true, ct);
                },
                ct
            );
        return found
            ? new OwnScores(folder, name, UsualPatience)
            : throw new UserError(
                name,
                "was not uploaded with this description of the project: `plumb push` or `plumb retrain` uploads it"
            );
    }

    /// <summary>One loss for each example, in their order.</summary>
    /// <exception cref="UserError">The program failed, or did not give a number for an example; the message names it.</exception>
    public async Task<IReadOnlyList<double>> RunAsync(IReadOnlyList<AnsweredTruth> examples, CancellationToken ct)
    {
        if (examples.Count == 0)
        {
            return [];
        }

        using var process = ScoreProcess.Start(folder, name);
        var writing = process.WriteAsync(examples, ct);
        var losses = new List<double>(examples.Count);
        foreach (var example in examples)
        {
            var line = await process.ReadAsync(patience, ct) switch
            {
                { IsLate: true } => throw Wrong(
                    example,
                    $"gave no number within {patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s"
                ),
                { Line: null } => throw Ended(
                    example,
                    await process.EndAsync(patience, ct),
                    losses.Count,
                    examples.Count
                ),
                { Line: { } text } => text,
            };
            losses.Add(NumberOf(line) ?? throw Wrong(example, Not(line)));
        }

        var last = await process.ReadAsync(patience, ct);
        if (last.Line is { } extra)
        {
            throw new UserError(name, $"wrote more lines than the {examples.Count} examples: {Shown(extra)}");
        }

        await writing;
        var end = await process.EndAsync(patience, ct);
        return end.Code == 0
            ? losses
            : throw new UserError(name, $"ended with exit code {end.Code} after the last example{end.Said()}");
    }

    private UserError Ended(AnsweredTruth example, ScoreEnd end, int lines, int wanted) =>
        end.Code == 0
            ? Wrong(
                example,
                $"wrote {lines} lines for {wanted} examples and has none for this one: write one line for each"
            )
            : Wrong(example, $"ended with exit code {end.Code}{end.Said()}");

    private UserError Wrong(AnsweredTruth example, string problem) => new(name, $"example {example.Id}: {problem}");

    private static string Not(string line) =>
        $"gave {Shown(line)}, which is not a finite number: write {{\"loss\": 0.25}} or 0.25";

    private static string Shown(string line) =>
        line.Length > ShownCharacters ? line[..ShownCharacters] + "..."
        : line.Length == 0 ? "an empty line"
        : line;

    /// <summary>The number of a line: a number alone, or the member <c>loss</c> of an object.</summary>
    private static double? NumberOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var value = document.RootElement;
            if (value.ValueKind == JsonValueKind.Object && !value.TryGetProperty("loss", out value))
            {
                return null;
            }

            return value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble())
                ? value.GetDouble()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
