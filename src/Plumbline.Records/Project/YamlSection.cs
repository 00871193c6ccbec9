using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Records.Project;

/// <summary>One mapping of the YAML file, with typed reads; errors name the line of the invalid value.</summary>
internal sealed class YamlSection
{
    private readonly string file;
    private readonly string path;
    private readonly YamlMappingNode node;
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);

    /// <param name="file">The file's name in errors.</param>
    /// <param name="path">The keys above, each followed by a dot: <c>data.</c></param>
    /// <param name="node">The mapping.</param>
    /// <param name="keys">The allowed keys; null allows any.</param>
    public YamlSection(string file, string path, YamlMappingNode node, string[]? keys)
    {
        this.file = file;
        this.path = path;
        this.node = node;
        foreach (var (keyNode, value) in node.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? throw Error(keyNode, "a key must be a word");
            if (keys is not null && !keys.Contains(key))
                throw Error(keyNode, Unknown(key, keys));
            if (value is not YamlScalarNode { Value: null or "", Style: YamlDotNet.Core.ScalarStyle.Plain })
                values[key] = value;
        }
    }

    public IEnumerable<string> Keys => values.Keys;

    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>True if the key has exactly this word.</summary>
    public bool Is(string key, string word) => Node(key) is YamlScalarNode one && one.Value == word;

    /// <summary>The value of a key; null without the key.</summary>
    public YamlNode? Node(string key) => values.GetValueOrDefault(key);

    /// <summary>A section at any depth below this one.</summary>
    public YamlSection Under(string below, YamlMappingNode mapping, params string[] keys) =>
        new(file, $"{path}{below}.", mapping, keys);

    public UserError Error(string key, string message) =>
        values.TryGetValue(key, out var value)
            ? Error(value, $"{path}{key}: {message}")
            : Error(node, $"{path}{key}: {message}");

    public string Required(string key) => Has(key) ? Text(key, "") : throw Error(node, $"{path}{key} is missing");

    public string Text(string key, string otherwise)
    {
        if (!values.TryGetValue(key, out var value))
            return otherwise;
        return value is YamlScalarNode { Value: { } text }
            ? text
            : throw Error(key, "must be one value, not a list or a section");
    }

    public int Whole(string key, int otherwise, int least, int most)
    {
        if (!Has(key))
            return otherwise;
        return
            int.TryParse(Text(key, ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : throw Error(key, Said(key, $"must be a whole number from {least} to {most}"));
    }

    /// <summary>
    /// A share of the whole, like <c>0.25</c> or <c>25%</c>: more than 0 and at most <paramref name="most"/>.
    /// </summary>
    public double Share(string key, double otherwise, double most)
    {
        if (!Has(key))
            return otherwise;
        var text = Text(key, "");
        var percent = text.EndsWith('%');
        if (!double.TryParse(percent ? text[..^1] : text, CultureInfo.InvariantCulture, out var number))
            number = double.NaN;
        // Decimal division makes 35% the same number as 0.35.
        var share =
            percent && double.IsFinite(number) && Math.Abs(number) < 1e9 ? (double)((decimal)number / 100) : number;
        return share > 0 && share <= most
            ? share
            : throw Error(
                key,
                Said(key, FormattableString.Invariant($"must be a share over 0 and at most {most}, like 0.25 or 25%"))
            );
    }

    public bool Flag(string key, bool otherwise) => Choice(key, otherwise, ("true", true), ("false", false));

    public double Number(string key, double otherwise, double most = double.MaxValue)
    {
        if (!Has(key))
            return otherwise;
        return
            double.TryParse(Text(key, ""), CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
            ? number
            : throw Error(
                key,
                Said(
                    key,
                    most == double.MaxValue
                        ? "must be a number over 0"
                        : FormattableString.Invariant($"must be a number over 0 and at most {most:0}")
                )
            );
    }

    public TimeSpan Duration(string key, TimeSpan otherwise, TimeSpan most)
    {
        if (!Has(key))
            return otherwise;
        return Durations.TryParse(Text(key, ""), out var duration) && duration <= most
            ? duration
            : throw Error(
                key,
                Said(key, $"must be a duration up to {Durations.Format(most)}, like 90s, 30m, 48h or 7d")
            );
    }

    public T Choice<T>(string key, T otherwise, params (string Word, T Value)[] choices)
    {
        if (!Has(key))
            return otherwise;
        var text = Text(key, "");
        foreach (var (word, value) in choices)
        {
            if (word == text)
                return value;
        }
        throw Error(key, Said(key, $"must be one of {string.Join(", ", choices.Select(choice => choice.Word))}"));
    }

    public IReadOnlyList<string> Texts(string key)
    {
        if (!values.TryGetValue(key, out var value))
            return [];
        if (value is not YamlSequenceNode list)
            throw Error(key, "must be a list");
        var texts = new List<string>();
        foreach (var item in list.Children)
        {
            var text = (item as YamlScalarNode)?.Value;
            if (string.IsNullOrWhiteSpace(text))
                throw Error(item, $"{path}{key}: each item must be one value");
            if (texts.Contains(text))
                throw Error(item, $"{path}{key}: '{text}' is listed twice");
            texts.Add(text);
        }
        return texts;
    }

    /// <summary>The section of a key; without the key, an empty one at this section's line.</summary>
    public YamlSection Section(string key, params string[]? keys)
    {
        if (!values.TryGetValue(key, out var value))
            return new YamlSection(file, $"{path}{key}.", new YamlMappingNode(), keys);
        return value is YamlMappingNode mapping
            ? new YamlSection(file, $"{path}{key}.", mapping, keys)
            : throw Error(key, "must be a section with keys of its own");
    }

    private string Said(string key, string expectation) => $"{expectation}, not '{Text(key, "")}'";

    private string Unknown(string key, string[] keys) =>
        Nearest.To(key, keys) is { } near
            ? $"unknown key '{path}{key}'; did you mean '{near}'?"
            : $"unknown key '{path}{key}'; the known keys are {string.Join(", ", keys)}";

    public UserError Error(YamlNode at, string message) => new($"{file}:{Math.Max(1, at.Start.Line)}", message);
}
