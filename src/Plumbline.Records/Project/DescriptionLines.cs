using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Records.Project;

/// <summary>Where the keys of a <c>plumbline.yaml</c> stand, for messages about a value that is right as YAML.</summary>
public sealed class DescriptionLines
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private readonly string file;

    private DescriptionLines(string file) => this.file = file;

    /// <summary>No file: every key is a default.</summary>
    public static DescriptionLines None { get; } = new("plumbline.yaml");

    /// <summary>Reads the keys of a file that <see cref="ProjectDescription.Parse"/> has taken.</summary>
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
            return read; // whoever reads the description says so, with the line
        }

        if (stream.Documents is [{ RootNode: YamlMappingNode root }])
        {
            read.Add("", root);
        }

        return read;
    }

    /// <summary>The place of a key as people find it: <c>plumbline.yaml:12 training.instance</c>.</summary>
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
