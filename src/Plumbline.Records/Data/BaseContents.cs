using System.Text;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;

namespace Plumbline.Records.Data;

/// <summary>Base data whose examples are contents: each file or line, checked and pinned by its hash.</summary>
/// <param name="Examples">In the order of the base data.</param>
public sealed record BaseContents(IReadOnlyList<BaseContent> Examples)
{
    /// <summary>The list of all examples, which a data set version is made from: a line for each.</summary>
    public byte[] ToList() =>
        Encoding.UTF8.GetBytes(string.Concat(Examples.Select(one => one.Example.ToLine() + "\n")));

    /// <summary>Each different content once.</summary>
    public IEnumerable<BaseContent> Contents() => Examples.DistinctBy(one => one.Example.Content.Key);

    /// <summary>Reads the base data of a project.</summary>
    /// <param name="project">The description.</param>
    /// <param name="root">The project's folder.</param>
    /// <exception cref="UserError">The data cannot be used; the message names up to ten files or lines.</exception>
    public static BaseContents Read(ProjectDescription project, string root)
    {
        var collected = new ContentCollector(project);
        if (project.Data.Format == SourceFormat.Folders)
            ContentFolders.Read(project, root, collected);
        else
            ContentLines.Read(project, root, collected);
        return new BaseContents(collected.Finish());
    }
}

/// <summary>An example of the base data, with the way to its bytes.</summary>
/// <param name="Example">The example, without its place in S3.</param>
/// <param name="File">The file with the content; null for a text in a line.</param>
/// <param name="Text">The text in the line; null for a file.</param>
public sealed record BaseContent(Example Example, string? File, string? Text)
{
    /// <summary>Opens the bytes for reading.</summary>
    public Stream Open() =>
        File is not null ? System.IO.File.OpenRead(File) : new MemoryStream(Encoding.UTF8.GetBytes(Text!));
}
