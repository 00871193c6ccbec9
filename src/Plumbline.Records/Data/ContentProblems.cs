namespace Plumbline.Records.Data;

/// <summary>The problems of many examples: the first ten are named at once, with their places.</summary>
public sealed class ContentProblems
{
    /// <summary>The most that a message names.</summary>
    public const int Most = 10;

    private readonly List<string> named = [];

    /// <summary>The number of all problems.</summary>
    public int Count { get; private set; }

    /// <summary>Notes an example that cannot be used.</summary>
    /// <param name="place">The file, or the file and line.</param>
    /// <param name="problem">The end of the sentence.</param>
    public void Add(string place, string problem)
    {
        Count++;
        if (named.Count < Most)
            named.Add($"{place}: {problem}");
    }

    /// <exception cref="UserError">There were problems.</exception>
    public void Throw()
    {
        if (Count == 0)
            return;
        var split = named[0].IndexOf(": ", StringComparison.Ordinal);
        var more = Count > named.Count ? $"\n... and {Count - named.Count} more" : "";
        throw new UserError(
            named[0][..split],
            named[0][(split + 2)..] + string.Concat(named.Skip(1).Select(one => "\n" + one)) + more
        );
    }
}
