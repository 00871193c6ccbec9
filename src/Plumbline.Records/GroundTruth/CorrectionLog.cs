using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// Corrections as files, one record per line: <c>corrections/yyyy/mm/dd/hh/&lt;uuidv7&gt;.jsonl</c>. Anyone may write
/// there, so every reader sets aside lines that are not corrections.
/// </summary>
public static class CorrectionLog
{
    /// <summary>Writes one line, without the line break.</summary>
    public static string ToLine(Correction correction) => RecordJson.Write(correction);

    /// <summary>Reads all corrections under a folder, oldest first; a missing folder gives none.</summary>
    /// <param name="folder">The folder with the objects of <see cref="Layout.Corrections"/>.</param>
    /// <param name="aside">Collects the lines that are not corrections.</param>
    public static IReadOnlyList<Correction> ReadFolder(string folder, SetAside aside)
    {
        if (!Directory.Exists(folder))
            return [];
        var all = new List<Correction>();
        foreach (
            var path in Directory
                .EnumerateFiles(folder, $"*{Layout.Lines}", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
        )
            all.AddRange(Read(File.ReadLines(path), Layout.Corrections + Path.GetRelativePath(folder, path), aside));
        return [.. all.OrderBy(correction => correction.Id)];
    }

    /// <summary>Reads the corrections of a file, in its order.</summary>
    /// <param name="lines">The lines of the file, including empty ones.</param>
    /// <param name="key">Its key.</param>
    /// <param name="aside">Collects the lines that are not corrections.</param>
    public static IReadOnlyList<Correction> Read(IEnumerable<string> lines, string key, SetAside aside)
    {
        var corrections = new List<Correction>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (TryParse(line, out var correction, out var problem))
                corrections.Add(correction);
            else
                aside.Add(key, number, problem);
        }

        return corrections;
    }

    /// <param name="line">The line without its line break.</param>
    /// <param name="correction">The correction, if the line is one.</param>
    /// <param name="problem">The reason why the line is not a correction.</param>
    public static bool TryParse(
        string line,
        [NotNullWhen(true)] out Correction? correction,
        [NotNullWhen(false)] out string? problem
    )
    {
        (correction, problem) = (null, null);
        try
        {
            correction = RecordJson.Read<Correction>(line, "");
            return true;
        }
        catch (UserError broken)
        {
            problem = broken.Reason;
            return false;
        }
    }
}
