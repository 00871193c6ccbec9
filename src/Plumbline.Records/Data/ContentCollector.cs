using System.Text.Json.Nodes;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Data;

/// <summary>Collects the contents of base data, with the problems of all of them before it throws.</summary>
internal sealed class ContentCollector(ProjectDescription project)
{
    private const int MostProblems = 10;
    private readonly List<BaseContent> found = [];
    private readonly Dictionary<string, Example> byHash = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];
    private int invalid;

    /// <summary>Notes a content that cannot be used.</summary>
    /// <param name="place">The file, or the file and line.</param>
    /// <param name="problem">The end of the sentence.</param>
    public void Refuse(string place, string problem)
    {
        invalid++;
        if (problems.Count < MostProblems)
            problems.Add($"{place}: {problem}");
    }

    /// <summary>Checks and pins a content.</summary>
    /// <param name="place">The place in messages.</param>
    /// <param name="path">The path in which the split key is searched.</param>
    /// <param name="label">A current or former label.</param>
    /// <param name="weight">The weight in training.</param>
    /// <param name="from">The file, or the text of a line.</param>
    public void Add(string place, string path, string label, double weight, (string? File, string? Text) from)
    {
        var bytes = from.File is { } file ? File.ReadAllBytes(file) : System.Text.Encoding.UTF8.GetBytes(from.Text!);
        var type = from.File is null ? ContentTypes.Text : ContentTypes.Of(from.File)!;
        if (ContentCheck.ProblemOf(bytes, type) is { } problem)
        {
            Refuse(place, problem);
            return;
        }
        var content = Content.Of(bytes, type);
        if (KeyOf(place, path, content) is not { } key)
            return;
        var isJson = project.Task.IsJson();
        var example = new Example
        {
            Label = project.LabelOf(label)!,
            Truth = isJson ? JsonNode.Parse(project.LabelOf(label)!) : null,
            Class = isJson ? 0 : project.IndexOf(label),
            Content = content,
            Key = key.ToString(),
            Id = place,
            Origin = ExampleOrigin.Base,
            Weight = weight,
        };
        if (!byHash.TryAdd(content.Sha256, example) && Conflict(example, byHash[content.Sha256]) is { } conflict)
            Refuse(place, conflict);
        else
            found.Add(new BaseContent(example, from.File, from.Text));
    }

    /// <exception cref="UserError">There were problems, or nothing was added.</exception>
    public IReadOnlyList<BaseContent> Finish()
    {
        if (invalid == 0)
            return found.Count > 0 ? found : throw new UserError(project.Data.File, "has no examples");
        var split = problems[0].IndexOf(": ", StringComparison.Ordinal);
        var more = invalid > problems.Count ? $"\n... and {invalid - problems.Count} more" : "";
        throw new UserError(
            problems[0][..split],
            problems[0][(split + 2)..] + string.Concat(problems.Skip(1).Select(one => "\n" + one)) + more
        );
    }

    /// <summary>The label, or null after a refusal.</summary>
    public string? Label(string place, string label)
    {
        if (project.LabelOf(label) is not null)
            return label;
        if (project.Task.IsJson())
        {
            Refuse(place, $"has the truth {label}, which is not {project.Truths()}");
            return null;
        }
        var near = Nearest.To(label, project.Labels) is { } other ? $"; did you mean '{other}'?" : "";
        Refuse(place, $"'{label}' is not one of labels: {string.Join(", ", project.Labels.Take(12))}{near}");
        return null;
    }

    private SplitKey? KeyOf(string place, string path, Content content)
    {
        if (project.Data.SplitKey is not { } pattern)
            return SplitKey.Parse(content.Sha256);
        if (project.Data.EntityOf(path) is { } entity)
            return SplitKey.OfEntity(entity);
        Refuse(place, $"data.splitKey '{pattern}' does not match '{path}', so its entity is unknown");
        return null;
    }

    private static string? Conflict(Example one, Example other) =>
        one.Label != other.Label
            ? $"has the same content as {other.Id}, but the label '{one.Label}' instead of '{other.Label}': keep one of them"
        : one.Key != other.Key
            ? $"has the same content as {other.Id}, but data.splitKey finds another entity: keep one of them"
        : null;
}
