using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Data;

/// <summary>
/// Collects the examples of base data, and the problems of all of them. Content on this machine is read, checked and pinned
/// by its hash; content in S3 is only listed, and the Prepare step reads it.
/// </summary>
/// <param name="project">The labels, and the rule for split keys.</param>
/// <param name="take">Gets each example, in the order of the base data.</param>
public sealed class ContentCollector(ProjectDescription project, Action<BaseContent> take)
{
    private readonly Dictionary<string, Example> byHash = new(StringComparer.Ordinal);
    private readonly ContentProblems problems = new();
    private readonly IReadOnlyList<S3Uri> places = project.Data.ContentPrefixes();

    /// <summary>The number of examples that can be used.</summary>
    public long Count { get; private set; }

    /// <summary>Notes an example that cannot be used.</summary>
    /// <param name="place">The file, or the file and line.</param>
    /// <param name="problem">The end of the sentence.</param>
    public void Refuse(string place, string problem) => problems.Add(place, problem);

    /// <summary>Checks and pins a content.</summary>
    /// <param name="place">The place in messages.</param>
    /// <param name="path">The path in which the split key is searched.</param>
    /// <param name="label">A current or former label.</param>
    /// <param name="weight">The weight in training.</param>
    /// <param name="from">The file, or the text of a line.</param>
    /// <param name="textType">The content type of that text.</param>
    public void Add(
        string place,
        string path,
        string label,
        double weight,
        (string? File, string? Text) from,
        string textType = ContentTypes.Text
    )
    {
        var bytes = from.File is { } file ? File.ReadAllBytes(file) : Encoding.UTF8.GetBytes(from.Text!);
        var type = from.File is null ? textType : ContentTypes.Of(from.File)!;
        if (ContentCheck.ProblemOf(bytes, type) is { } problem)
        {
            Refuse(place, problem);
            return;
        }
        var content = Content.Of(bytes, type);
        if (KeyOf(place, path, content.Sha256) is not { } key)
            return;
        var example = New(place, label, weight, content, key);
        if (!byHash.TryAdd(content.Sha256, example) && ConflictOf(example, byHash[content.Sha256]) is { } conflict)
            Refuse(place, conflict);
        else
            Take(new BaseContent(example, from.File, from.Text));
    }

    /// <summary>Lists a content in S3.</summary>
    /// <param name="place">The place in messages.</param>
    /// <param name="uri">The object.</param>
    /// <param name="label">A current or former label.</param>
    /// <param name="weight">The weight in training.</param>
    /// <param name="listed">Size and ETag of the object; null if it was not listed, but named in a line.</param>
    public void AddObject(string place, S3Uri uri, string label, double weight, (long Size, string ETag)? listed)
    {
        if (ContentTypes.Of(uri.Key) is not { } type)
            Refuse(place, $"has an unknown type: its name must end in {ContentTypes.Extensions}");
        else if (listed?.Size == 0)
            Refuse(place, "is empty (0 bytes)");
        else if (!places.Any(one => one.Bucket == uri.Bucket && uri.Key.StartsWith(one.Key, StringComparison.Ordinal)))
            Refuse(
                place,
                $"{uri} is not below a prefix of data.contents: add s3://{uri.Bucket}/ to it, so that the jobs may read it"
            );
        // The hash of the content, which is the usual key, is known when the content is read.
        else if (KeyOf(place, uri.Key, "") is { } key)
            Take(
                new BaseContent(
                    New(place, label, weight, new Content("", type, listed?.Size ?? 0), key) with
                    {
                        SourceRef = uri.ToString(),
                        ETag = listed?.ETag,
                    },
                    null,
                    null
                )
            );
    }

    /// <exception cref="UserError">There were problems, or nothing was added.</exception>
    public void Finish()
    {
        problems.Throw();
        if (Count == 0)
            throw new UserError(project.Data.File, "has no examples");
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

    /// <summary>The problem of two examples with one content; null if they agree.</summary>
    internal static string? ConflictOf(Example one, Example other) =>
        one.Label != other.Label
            ? $"has the same content as {other.Id}, but the label '{one.Label}' instead of '{other.Label}': keep one of them"
        : one.Key != other.Key
            ? $"has the same content as {other.Id}, but data.splitKey finds another entity: keep one of them"
        : null;

    private void Take(BaseContent one)
    {
        Count++;
        take(one);
    }

    private Example New(string place, string label, double weight, Content content, string key)
    {
        var isJson = project.Task.IsJson();
        return new Example
        {
            Label = project.LabelOf(label)!,
            Truth = isJson ? JsonNode.Parse(project.LabelOf(label)!) : null,
            Class = isJson ? 0 : project.IndexOf(label),
            Content = content,
            Key = key,
            Id = place,
            Origin = ExampleOrigin.Base,
            Weight = weight,
        };
    }

    /// <summary>The split key in hex: of the entity in the path, or else the hash; null after a refusal.</summary>
    private string? KeyOf(string place, string path, string sha256)
    {
        if (project.Data.SplitKey is not { } pattern)
            return sha256;
        if (project.Data.EntityOf(path) is { } entity)
            return SplitKey.OfEntity(entity).ToString();
        Refuse(place, $"data.splitKey '{pattern}' does not match '{path}', so its entity is unknown");
        return null;
    }
}
