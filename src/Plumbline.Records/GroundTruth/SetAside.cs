namespace Plumbline.Records.GroundTruth;

/// <summary>Lines that cannot be read. Readers skip them, and reports name them.</summary>
public sealed record SetAside
{
    private const int Shown = 5;

    public long Lines { get; set; }

    /// <summary>The first problems: <c>key:line: problem</c>.</summary>
    public List<string> First { get; init; } = [];

    /// <param name="key">The key of the line's object.</param>
    /// <param name="line">The line's number, from 1.</param>
    /// <param name="problem">The problem with the line.</param>
    public void Add(string key, long line, string problem) => Add($"{key}:{line}: {problem}");

    /// <summary>Adds a line by a text that begins with its place.</summary>
    public void Add(string text)
    {
        Lines++;
        if (First.Count < Shown)
            First.Add(text.Length > 300 ? text[..300] + "..." : text);
    }

    public void Add(SetAside others)
    {
        Lines += others.Lines;
        First.AddRange(others.First.Take(Shown - First.Count));
    }

    /// <inheritdoc/>
    public bool Equals(SetAside? other) =>
        other is not null && Lines == other.Lines && First.SequenceEqual(other.First);

    /// <inheritdoc/>
    public override int GetHashCode() => Lines.GetHashCode();

    /// <summary>
    /// A sentence after a blank, such as <c> 1 line cannot be read: ...</c>; empty without such lines.
    /// </summary>
    public string Sentence() =>
        Lines == 0
            ? ""
            : $" {Plural.Of(Lines, "line cannot be read and is", "lines cannot be read and are")} set aside: "
                + $"{string.Join("; ", First)}{(Lines > First.Count ? "; ..." : ".")}";
}
