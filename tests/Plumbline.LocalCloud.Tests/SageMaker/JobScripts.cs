namespace Plumbline.LocalCloud.Tests.SageMaker;

/// <summary>
/// Job scripts, and files with which a test signals to them. Both are in one folder that jobs can see, because the
/// command of their image names <see cref="Program"/>. Jobs see nothing else below <c>/tmp</c>, even if the repository
/// is there.
/// </summary>
internal static class JobScripts
{
    private static readonly string Folder = NewFolder();

    /// <summary>The script in an image's command in images.json, for jobs without an entry point.</summary>
    public static string Program { get; } = NewProgram();

    /// <summary>A path of a file that does not exist yet.</summary>
    public static string NewSignal() => Path.Combine(Folder, $"signal-{Guid.NewGuid():N}");

    /// <summary>A shell line that waits for a file for at most three minutes.</summary>
    public static string WaitFor(string signal) =>
        $"n=0; until [ -e {signal} ]; do n=$((n+1)); [ $n -lt 9000 ] || {{ echo no signal; exit 98; }}; sleep 0.02; done";

    /// <summary>
    /// AWS allows 256 characters without a line break in an entry point; a longer script goes into a file.
    /// </summary>
    public static string[] EntryPoint(string script)
    {
        var isShort = script.Length <= 256 && !script.Contains('\n', StringComparison.Ordinal);
        if (isShort && !script.Contains(Folder, StringComparison.Ordinal))
        {
            return ["sh", "-c", script];
        }

        var file = Path.Combine(Folder, $"{Guid.NewGuid():N}.sh");
        File.WriteAllText(file, script);
        return ["sh", file];
    }

    private static string NewProgram()
    {
        var file = Path.Combine(Folder, "program.sh");
        File.WriteAllText(file, "echo no entry point\n");
        return file;
    }

    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-scripts-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder.FullName;
    }
}
