using Plumbline.Records.Quality;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Records.Project;

/// <summary>
/// Reads the labels: a list of names or of <c>name: {was: old}</c> for a renamed label, or a section with a key for
/// each name.
/// </summary>
internal static class LabelsSection
{
    private const string Key = "labels";

    public static (IReadOnlyList<string> Labels, IReadOnlyDictionary<string, string> Former) Read(
        YamlSection root,
        TaskKind task
    )
    {
        if (task is TaskKind.Regression or TaskKind.Custom)
        {
            var truth = task == TaskKind.Custom ? "JSON" : "a number";
            return root.Has(Key)
                ? throw root.Error(Key, $"leave it out: with `task: {task.Word()}` the truth is {truth}")
                : ([], new Dictionary<string, string>());
        }
        var labels = new List<string>();
        var former = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (place, name, about) in Entries(root))
        {
            if (string.IsNullOrWhiteSpace(name))
                throw root.Error(place, $"{Key}: each item must be a name, or `name: {{was: old name}}`");
            if (task == TaskKind.MultiLabel && name.Contains(JsonTruths.Separator))
                throw root.Error(
                    place,
                    $"{Key}: '{name}' must not contain {JsonTruths.Separator}, which separates labels"
                );
            if (labels.Contains(name))
                throw root.Error(place, $"{Key}: '{name}' is listed twice");
            labels.Add(name);
            foreach (var old in Was(root, place, name, about))
            {
                if (!former.TryAdd(old, name))
                    throw root.Error(
                        place,
                        $"{Key}.{name}.was: '{old}' is already the old name of '{former[old]}'; write it once"
                    );
            }
        }
        if (labels.Count < 2)
            throw root.Error(
                Key,
                "needs the names of at least two classes, like [no, yes]; for numbers as truths write `task: regression`"
            );
        if (former.Keys.FirstOrDefault(labels.Contains) is { } both)
            throw root.Error(
                Key,
                $"'{both}' is a label and the old name of '{former[both]}', "
                    + "so an old answer could mean either; use a new name"
            );
        return (labels, former);
    }

    private static IEnumerable<(YamlNode Place, string? Name, YamlNode? About)> Entries(YamlSection root) =>
        root.Node(Key) switch
        {
            null => [],
            YamlMappingNode names => names.Children.Select(Entry),
            YamlSequenceNode list => list.Children.SelectMany(item =>
                item is YamlMappingNode names
                    ? names.Children.Select(Entry)
                    : [(item, (item as YamlScalarNode)?.Value, (YamlNode?)null)]
            ),
            _ => throw root.Error(Key, "must be a list, like [no, yes]"),
        };

    private static (YamlNode, string?, YamlNode?) Entry(KeyValuePair<YamlNode, YamlNode> pair) =>
        (pair.Key, (pair.Key as YamlScalarNode)?.Value, pair.Value);

    private static IReadOnlyList<string> Was(YamlSection root, YamlNode place, string name, YamlNode? about)
    {
        if (about is null or YamlScalarNode { Value: null or "" })
            return [];
        if (about is not YamlMappingNode mapping)
            throw root.Error(place, $"{Key}.{name}: must be a name alone, or have `was` with the old name");
        var section = root.Under($"{Key}.{name}", mapping, "was");
        return section.Node("was") is YamlSequenceNode ? section.Texts("was") : [section.Required("was")];
    }
}
