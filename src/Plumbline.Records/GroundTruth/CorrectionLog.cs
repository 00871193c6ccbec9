using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// Corrections as files: one record a line, <c>corrections/yyyy/mm/dd/hh/&lt;uuidv7&gt;.jsonl</c>. Anybody may write there,
/// so a line that is not a correction is set aside, wherever it is read.
/// </summary>
public static class CorrectionLog
{
    /// <summary>One line, without the line break.</summary>
    public static string ToLine(Correction correction) => RecordJson.Write(correction);

    /// <summary>All corrections under a folder, oldest first; none where there is no folder.</summary>
    /// <param name="folder">Holds what lies under <see cref="Layout.Corrections"/>.</param>
    /// <param name="aside">Gets the lines that are not corrections.</param>
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

    /// <summary>The corrections of a file, in its order.</summary>
    /// <param name="lines">Its lines, empty ones included.</param>
    /// <param name="key">Its key.</param>
    /// <param name="aside">Gets the lines that are not corrections.</param>
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

    /// <summary>Reads one line.</summary>
    /// <param name="line">Without its line break.</param>
    /// <param name="correction">What it says.</param>
    /// <param name="problem">Why it says nothing.</param>
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
