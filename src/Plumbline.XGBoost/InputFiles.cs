namespace Plumbline.XGBoost;

/// <summary>The data files of a folder.</summary>
internal static class InputFiles
{
    /// <summary>All files of a folder and its folders, in the order of their names; dot files are left out.</summary>
    /// <param name="place">What messages call the folder.</param>
    /// <returns>Each file, and what messages call it.</returns>
    /// <exception cref="InputException">There is none.</exception>
    public static List<(string Path, string Place)> Of(string folder, string place)
    {
        var files = Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !Path.GetFileName(file).StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .Select(file => (file, $"{place}, {Path.GetRelativePath(folder, file)}"))
                .ToList()
            : [];
        return files.Count > 0 ? files : throw new InputException(place, "no file in it");
    }
}
