using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>A model project on disk: <c>plumbline.yaml</c> and what it names.</summary>
/// <param name="Root">The folder's full path.</param>
/// <param name="Description">What <c>plumbline.yaml</c> says.</param>
public sealed record ProjectFolder(string Root, ProjectDescription Description)
{
    /// <summary>The file that makes a folder a project.</summary>
    public const string DescriptionFile = "plumbline.yaml";

    /// <summary>The base data's full path.</summary>
    public string DataFile => Path.Combine(Root, Description.Data.File);

    /// <summary>Reads the project in a folder, or in the nearest one above it that has one.</summary>
    /// <exception cref="UserError">There is none, or its description is wrong.</exception>
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

        throw new UserError(start, $"there is no {DescriptionFile} here or above: `plumb new NAME` makes a project");
    }
}
