using System.Text.Json;

namespace Plumbline.Training;

/// <summary>An example that is an image or a text.</summary>
/// <param name="Id">Its place in the base data, or the id of its correction.</param>
/// <param name="Label">The index of its class in <see cref="Job.Labels"/>.</param>
/// <param name="Type">Its content type, such as <c>text/plain</c>.</param>
/// <param name="File">The path of the file with its bytes.</param>
/// <param name="Weight">Its weight in training; 1 is usual.</param>
public sealed record LabelledContent(string Id, int Label, string Type, string File, double Weight)
{
    private const string Examples = "examples.jsonl";

    /// <summary>Reads the file as a text in UTF-8.</summary>
    public string ReadText() => System.IO.File.ReadAllText(File);

    /// <summary>Reads the list of a channel.</summary>
    /// <exception cref="InvalidDataException">The list is missing, a line is not an example, or its file is missing.</exception>
    internal static IReadOnlyList<LabelledContent> ReadAll(string folder, string channel, string? contents)
    {
        var list = Path.Combine(folder, Examples);
        if (!System.IO.File.Exists(list))
        {
            throw new InvalidDataException(
                $"channel {channel}: {Examples} is missing: only projects with data.format folders or manifest have it; read a table by Job.Rows"
            );
        }

        if (contents is null)
        {
            throw new InvalidDataException(
                $"channel {channel}: its examples need the channel content, which is missing"
            );
        }

        return
        [
            .. System
                .IO.File.ReadLines(list)
                .Select((line, index) => Read(line, contents, $"channel {channel}, {Examples}:{index + 1}")),
        ];
    }

    private static LabelledContent Read(string line, string contents, string place)
    {
        LabelledContent example;
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            example = new LabelledContent(
                root.GetProperty("id").GetString()!,
                root.GetProperty("class").GetInt32(),
                root.GetProperty("content").GetProperty("type").GetString()!,
                // The channel has the files by the last part of their keys.
                Path.Combine(contents, root.GetProperty("source-ref").GetString()!.Split('/')[^1]),
                root.TryGetProperty("weight", out var weight) ? weight.GetDouble() : 1
            );
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{place} is not an example: {exception.Message}", exception);
        }

        return System.IO.File.Exists(example.File)
            ? example
            : throw new InvalidDataException(
                $"{place}: {Path.GetFileName(example.File)} is missing in the channel content"
            );
    }
}
