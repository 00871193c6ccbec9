using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Data;

/// <summary>
/// A check of base data in S3 that costs little, whatever its size: the list of the objects, their columns, and the first
/// rows. The Prepare step checks each row.
/// </summary>
/// <param name="Features">The feature columns.</param>
/// <param name="Files">The number of files and objects.</param>
/// <param name="Rows">The number of rows that were checked.</param>
public sealed record SourceCheck(IReadOnlyList<string> Features, int Files, int Rows)
{
    private const int FirstRows = 10_000;

    /// <exception cref="Records.UserError">A checked row is invalid; the message has its place.</exception>
    public static SourceCheck Run(ProjectDescription project, BaseFiles files)
    {
        var (features, rows) = DataSetBuilder.ReadFirst(files, project, FirstRows);
        return new SourceCheck(features, files.Files.Count, rows);
    }
}
