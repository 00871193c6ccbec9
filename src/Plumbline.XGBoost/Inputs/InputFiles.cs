using Plumbline.Tables;

namespace Plumbline.XGBoost.Inputs;

internal static class InputFiles
{
    /// <summary>
    /// Finds all files of a folder and its subfolders, ordered by name; dot files and the schema are skipped.
    /// </summary>
    /// <param name="place">The folder's name in messages.</param>
    /// <returns>The path of each file, and its name in messages.</returns>
    /// <exception cref="InputException">The folder has no files.</exception>
    public static List<(string Path, string Place)> Of(string folder, string place)
    {
        var files = Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file =>
                    !Path.GetFileName(file).StartsWith('.') && Path.GetFileName(file) != TableSchema.FileName
                )
                .Order(StringComparer.Ordinal)
                .Select(file => (file, $"{place}, {Path.GetRelativePath(folder, file)}"))
                .ToList()
            : [];
        return files.Count > 0 ? files : throw new InputException(place, "it has no files");
    }
}
