using Plumbline.Loop.Project;
using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Data;

/// <summary>Tests data before anything is started from it: each row is read.</summary>
public static class DataCheck
{
    /// <summary>Tests what is in a project's folder.</summary>
    /// <exception cref="Records.UserError">Names file, line and column of what is wrong.</exception>
    public static DataSetManifest Run(ProjectFolder folder, DateTimeOffset time) =>
        File.Exists(folder.DataFile)
            ? Run(folder.Description, folder.DataFile, time)
            : throw new Records.UserError(folder.Description.Data.File, $"there is no such file in {folder.Root}");

    /// <summary>Divides the data as Prepare will, in a folder that is gone afterwards.</summary>
    /// <exception cref="Records.UserError">Names file, line and column of what is wrong.</exception>
    public static DataSetManifest Run(ProjectDescription project, string file, DateTimeOffset time)
    {
        var scratch = Directory.CreateTempSubdirectory("plumbline-check-");
        try
        {
            return DataSetBuilder.Build(project, file, [], [], scratch.FullName, time);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
