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
        var found = new List<BaseContent>();
        var collector = new ContentCollector(project, found.Add);
        Read(project, root, collector);
        collector.Finish();
        return new BaseContents(found);
    }

    /// <summary>Reads the base data in the project's folder, or lists what its lines refer to in S3.</summary>
    public static void Read(ProjectDescription project, string root, ContentCollector into)
    {
        if (project.Data.Format == SourceFormat.Folders)
            ContentFolders.Read(project, root, into);
        else
            ContentLines.Read(project, root, into);
    }
}

/// <summary>An example of the base data, with the way to its bytes.</summary>
/// <param name="Example">The example, without its place in the loop's bucket.</param>
/// <param name="File">The file with the content; null for a text in a line, and for an object in S3.</param>
/// <param name="Text">The text in the line; null for a file, and for an object in S3.</param>
public sealed record BaseContent(Example Example, string? File, string? Text)
{
    /// <summary>True if the content stays where it is in S3.</summary>
    public bool IsInS3 => Example.SourceRef is not null;

    /// <summary>Opens the bytes for reading.</summary>
    public Stream Open() =>
        File is not null ? System.IO.File.OpenRead(File) : new MemoryStream(Encoding.UTF8.GetBytes(Text!));
}
