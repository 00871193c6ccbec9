using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>A model project on disk: <c>plumbline.yaml</c> and the files that it names.</summary>
/// <param name="Root">The folder's full path.</param>
/// <param name="Description">The content of <c>plumbline.yaml</c>.</param>
public sealed record ProjectFolder(string Root, ProjectDescription Description)
{
    /// <summary>The file that makes a folder a project.</summary>
    public const string DescriptionFile = "plumbline.yaml";

    /// <summary>The full path of <c>data.file</c>, if it is one file of the project.</summary>
    public string DataFile => Path.Combine(Root, Description.Data.File);

    /// <summary>The full paths of the base data's locations in the project; empty if all are in S3.</summary>
    /// <exception cref="UserError">A file or a folder does not exist.</exception>
    public IReadOnlyList<string> BasePaths() =>
        [
            .. Description
                .Data.Paths()
                .Select(path =>
                    BaseFiles.Exists(Path.Combine(Root, path))
                        ? Path.Combine(Root, path)
                        : throw new UserError(
                            DescriptionFile,
                            $"data.file names {path}, which does not exist in {Root}: add it, or correct data.file"
                        )
                ),
        ];

    /// <summary>Reads the project in a folder, or in the nearest one above it that has one.</summary>
    /// <exception cref="UserError">The project does not exist, or its description is invalid.</exception>
    public static async Task<ProjectFolder> OpenAsync(string start, CancellationToken cancellationToken = default)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, DescriptionFile);
            if (File.Exists(file))
            {
                return new ProjectFolder(folder.FullName, await ProjectDescription.LoadAsync(file, cancellationToken));
            }
        }

        throw new UserError(start, $"{DescriptionFile} is missing here and above: `plumb new NAME` creates a project");
    }
}
