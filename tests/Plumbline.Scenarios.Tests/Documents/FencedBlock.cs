using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Documents;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Place">The file and the line of the fence.</param>
/// <param name="Language">The word behind the fence; empty if there is none.</param>
/// <param name="Text">The lines between the fences.</param>
internal sealed record FencedBlock(string Place, string Language, string Text)
{
    private const string Fence = "```";

    /// <summary>The Markdown files that people read: those in the root and below docs.</summary>
    public static IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Repository.Path("docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Order(StringComparer.Ordinal);

    /// <summary>Returns the blocks of a file, named by its path in the repository.</summary>
    public static IEnumerable<FencedBlock> In(string file)
    {
        FencedBlock? open = null;
        foreach (var (index, line) in File.ReadLines(Repository.Path(file)).Index())
        {
            var isFence = line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);
            if (isFence && open is not null)
            {
                yield return open;
                open = null;
            }
            else if (isFence)
            {
                open = new FencedBlock($"{file}:{index + 1}", line.Trim()[Fence.Length..], "");
            }
            else if (open is not null)
            {
                open = open with { Text = open.Text + line + "\n" };
            }
        }
    }
}
