using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Data;

/// <summary>
/// Reads <c>data.format: manifest</c>: a line for each example, in the shape of SageMaker's augmented manifests. It has
/// <c>source</c> (a text, or a row of a table as JSON) or <c>source-ref</c> (an object in S3, or the path of a file in the project), and the label under
/// the name of <c>data.label</c>.
/// </summary>
public static class ContentLines
{
    private const string Source = "source";
    private const string SourceRef = "source-ref";

    /// <summary>True if the first line of a file is that of a manifest, and not a row of a table.</summary>
    public static bool IsManifest(string path)
    {
        try
        {
            using var line = JsonDocument.Parse(
                File.ReadLines(path).FirstOrDefault(one => one.Trim().Length > 0) ?? ""
            );
            return line.RootElement.ValueKind == JsonValueKind.Object
                && (
                    line.RootElement.TryGetProperty(Source, out _) || line.RootElement.TryGetProperty(SourceRef, out _)
                );
        }
        catch (JsonException)
        {
            return false;
        }
    }

    internal static void Read(ProjectDescription project, string root, ContentCollector into)
    {
        var path = Path.Combine(root, project.Data.File);
        if (!File.Exists(path))
            throw new UserError(
                "plumbline.yaml",
                $"data.file names {project.Data.File}, which does not exist in {root}: add it, or correct data.file"
            );
        Read(project, root, project.Data.File, File.ReadLines(path), into);
    }

    /// <summary>Reads the lines of a manifest.</summary>
    /// <param name="project">The name of the label, and the labels.</param>
    /// <param name="root">The project's folder; null for a manifest in S3, whose lines do not refer to files.</param>
    /// <param name="name">The manifest's name in messages.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="into">Gets the examples and the problems.</param>
    public static void Read(
        ProjectDescription project,
        string? root,
        string name,
        IEnumerable<string> lines,
        ContentCollector into
    )
    {
        foreach (var (number, line) in lines.Index())
        {
            var place = $"{name}:{number + 1}";
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                    Add(project, root, place, document.RootElement, into);
                else
                    into.Refuse(place, "is not a JSON object");
            }
            catch (JsonException broken)
            {
                into.Refuse(place, $"is not JSON: {RecordJson.ReasonOf(broken)}");
            }
        }
    }

    private static void Add(
        ProjectDescription project,
        string? root,
        string place,
        JsonElement line,
        ContentCollector into
    )
    {
        var name = project.Data.Label;
        if ((project.Task.IsJson() ? ContentLabel.JsonOf(line, name) : ContentLabel.Of(line, name)) is not { } given)
        {
            into.Refuse(place, $"has no label: write it as \"{project.Data.Label}\" (data.label)");
            return;
        }
        if (into.Label(place, given) is not { } label)
            return;
        var weight = Number(line, "weight") ?? 1;
        if (!(weight > 0 && double.IsFinite(weight)))
        {
            into.Refuse(place, "has a weight that is not a number over 0");
            return;
        }
        var (text, type) = SourceOf(line);
        var file = Text(line, SourceRef);
        if (text is null == file is null)
            into.Refuse(
                place,
                $"needs either \"{Source}\", a text or a row as JSON, or \"{SourceRef}\", the place of a file"
            );
        else if (text is not null)
            into.Add(place, Text(line, "id") ?? "", label, weight, (null, text), type);
        else if (S3Uri.IsS3(file!))
            AddObject(place, file!, label, weight, into);
        else if (ProblemOf(root, file!) is { } problem)
            into.Refuse(place, problem);
        else
            into.Add(place, file!, label, weight, (Path.Combine(root!, file!), null));
    }

    /// <summary>The content in a line: a text, or a row of a table as an object or a list.</summary>
    private static (string? Text, string Type) SourceOf(JsonElement line) =>
        line.TryGetProperty(Source, out var source) && source.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? (JsonNode.Parse(source.GetRawText())!.ToJsonString(RecordJson.Compact), ContentTypes.Json)
            : (Text(line, Source), ContentTypes.Text);

    private static void AddObject(string place, string uri, string label, double weight, ContentCollector into)
    {
        if (S3Uri.TryParseObject(uri) is { } one)
            into.AddObject(place, one, label, weight, listed: null);
        else
            into.Refuse(place, $"'{uri}' is not the S3 URI of an object: write s3://bucket/key");
    }

    private static string? ProblemOf(string? root, string file) =>
        root is null ? $"'{file}' is not an S3 URI, and a manifest in S3 has no files beside it: write s3://bucket/key"
        : Path.IsPathRooted(file) || file.Split('/', '\\').Contains("..")
            ? $"{file} is not a path inside the project's folder"
        : ContentTypes.Of(file) is null ? $"{file} has an unknown type: its name must end in {ContentTypes.Extensions}"
        : !File.Exists(Path.Combine(root, file)) ? $"{file} does not exist in the project's folder"
        : null;

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement line, string name) =>
        !line.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number
        : double.NaN;
}
