using Plumbline.Loop.Project;
using Plumbline.Records.Data;

namespace Plumbline.Loop.Data;

/// <summary>Tests a project before anything is started: its description and each row of its data.</summary>
public static class DataCheck
{
    /// <summary>Divides the data as Prepare will, in a folder that is gone afterwards.</summary>
    /// <exception cref="Records.UserError">Names file, line and column of what is wrong.</exception>
    public static DataSetManifest Run(ProjectFolder folder, DateTimeOffset time)
    {
        if (!File.Exists(folder.DataFile))
        {
            throw new Records.UserError(folder.Description.Data.File, $"there is no such file in {folder.Root}");
        }

        var scratch = Directory.CreateTempSubdirectory("plumbline-check-");
        try
        {
            return DataSetBuilder.Build(folder.Description, folder.DataFile, [], [], scratch.FullName, time);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
