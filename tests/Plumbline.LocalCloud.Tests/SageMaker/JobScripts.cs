namespace Plumbline.LocalCloud.Tests.SageMaker;

/// <summary>
/// Scripts of jobs, and files by which a test tells them something. Both lie in one folder: wherever that is, a job sees it,
/// because the command of its image names <see cref="Program"/>. It sees nothing else below <c>/tmp</c>, where a repository may lie.
/// </summary>
internal static class JobScripts
{
    private static readonly string Folder = NewFolder();

    /// <summary>A script for the command of an image in images.json, for jobs that name none.</summary>
    public static string Program { get; } = NewProgram();

    /// <summary>A file that is not there yet.</summary>
    public static string NewSignal() => Path.Combine(Folder, $"signal-{Guid.NewGuid():N}");

    /// <summary>A shell line that waits for a file, for three minutes at most.</summary>
    public static string WaitFor(string signal) =>
        $"n=0; until [ -e {signal} ]; do n=$((n+1)); [ $n -lt 9000 ] || {{ echo no signal; exit 98; }}; sleep 0.02; done";

    /// <summary>An entry point takes no line break and no more than 256 characters: a longer script goes into a file.</summary>
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
