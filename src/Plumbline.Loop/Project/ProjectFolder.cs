using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>A model project on disk: <c>plumbline.yaml</c> and the files that it names.</summary>
/// <param name="Root">The folder's full path.</param>
/// <param name="Description">The content of <c>plumbline.yaml</c>.</param>
public sealed record ProjectFolder(string Root, ProjectDescription Description)
{
    /// <summary>The file that makes a folder a project.</summary>
    public const string DescriptionFile = "plumbline.yaml";

    /// <summary>The base data's full path.</summary>
    public string DataFile => Path.Combine(Root, Description.Data.File);

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
