using System.Text.Json;
using Plumbline.Aws.Formats;
using Plumbline.Records;

namespace Plumbline.Cli.Homes;

/// <summary>Finds the local cloud of a data folder by the file that <c>plumb up</c> writes there.</summary>
internal static class LocalHome
{
    /// <exception cref="UserError">No local cloud has run in this folder.</exception>
    public static CloudFile Read(DirectoryInfo folder)
    {
        var path = CloudFile.In(folder.FullName);
        try
        {
            return CloudFile.Parse(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError(
                path,
                "no local cloud has run with this data folder: start one with `plumb up`, or name its folder with --data"
            );
        }
        catch (JsonException exception)
        {
            throw new UserError(path, $"is invalid ({exception.Message}): restart `plumb up`, which writes it again");
        }
    }
}
