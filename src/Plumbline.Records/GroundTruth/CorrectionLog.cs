namespace Plumbline.Records.GroundTruth;

/// <summary>Corrections as files: one record a line, <c>corrections/yyyy/mm/dd/hh/&lt;uuidv7&gt;.jsonl</c>.</summary>
public static class CorrectionLog
{
    /// <summary>One line, without the line break.</summary>
    public static string ToLine(Correction correction) => RecordJson.Write(correction);

    /// <summary>All corrections under a folder, oldest first; none where there is no folder.</summary>
    /// <exception cref="UserError">Names file and line.</exception>
    public static IReadOnlyList<Correction> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        var all = new List<Correction>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories))
        {
            var line = 0;
            foreach (var text in File.ReadLines(path))
            {
                line++;
                if (!string.IsNullOrWhiteSpace(text))
                    all.Add(Parse(text, $"{Path.GetRelativePath(folder, path)}:{line}"));
            }
        }
        return [.. all.OrderBy(correction => correction.Id)];
    }

    /// <summary>Reads one line; <paramref name="place"/> is the place named in errors.</summary>
    public static Correction Parse(string line, string place) => RecordJson.Read<Correction>(line, place);
}
