using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Records.Project;

/// <summary>The lines of the keys in a <c>plumbline.yaml</c>, for errors about a value that is valid YAML.</summary>
public sealed class DescriptionLines
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private readonly string file;

    private DescriptionLines(string file) => this.file = file;

    /// <summary>Stands for a missing file: every key has its default.</summary>
    public static DescriptionLines None { get; } = new("plumbline.yaml");

    /// <summary>Reads the keys of a file that <see cref="ProjectDescription.Parse"/> has accepted.</summary>
    public static DescriptionLines Parse(string yaml, string file = "plumbline.yaml")
    {
        var read = new DescriptionLines(file);
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException)
        {
            return read; // ProjectDescription.Parse reports the error with its line
        }

        if (stream.Documents is [{ RootNode: YamlMappingNode root }])
        {
            read.Add("", root);
        }

        return read;
    }

    /// <summary>The place of a key for people: <c>plumbline.yaml:12 training.instance</c>.</summary>
    public string Of(string key) =>
        lines.TryGetValue(key, out var line) ? $"{file}:{line} {key}" : $"{file} {key} (by default)";

    private void Add(string path, YamlMappingNode node)
    {
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                continue;
            }

            lines[path + name] = (int)key.Start.Line;
            if (value is YamlMappingNode below)
            {
                Add($"{path}{name}.", below);
            }
        }
    }
}
