namespace Plumbline.LocalCloud.Processes.Logs;

/// <summary>The end of a program's output, which usually says why the program gave up.</summary>
internal static class LogEnd
{
    private const int Window = 4096;

    /// <summary>
    /// Returns the last lines that are not blank, joined by line breaks; empty if the file is missing.
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
        return string.Join('\n', reader.ReadToEnd().Split('\n', Options).TakeLast(lines));
    }
}
