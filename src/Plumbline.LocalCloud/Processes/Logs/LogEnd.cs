namespace Plumbline.LocalCloud.Processes.Logs;

/// <summary>The end of a program's output, which usually says why the program gave up.</summary>
internal static class LogEnd
{
    private const int Window = 4096;

    /// <summary>
    /// Returns the last lines that are not blank, joined by line breaks; empty if the file is missing. Of equal lines only
    /// the last one counts: a program that is started again says the same again.
    /// </summary>
    public static string Read(string path, int lines)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var stream = File.OpenRead(path);
        stream.Seek(-Math.Min(stream.Length, Window), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var newestFirst = reader.ReadToEnd().Split('\n', Options).Reverse().Distinct().Take(lines);
        return string.Join('\n', newestFirst.Reverse());
    }
}
