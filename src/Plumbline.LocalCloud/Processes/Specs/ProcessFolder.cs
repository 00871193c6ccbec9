using System.Globalization;
using Plumbline.LocalCloud.Processes.Networking;

namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>The files through which a supervisor and a server, which may never meet, know of each other.</summary>
internal sealed class ProcessFolder(string path)
{
    private const int TimeoutExit = 124;
    private const int KilledExit = 128 + Libc.SigKill;

    public string Path => path;

    /// <summary>Held by the supervisor for its whole life.</summary>
    public string Lock => At("lock");

    /// <summary>The file of the program's stdout and stderr.</summary>
    public string Log => At("log");

    public string Relay => At("relay");

    private string Pid => At("pid");

    private string Exit => At("exit");

    private string Limit => At("limit");

    private string Stopping => At("stopping");

    /// <summary>
    /// Prepares the folder for a start. The files that the supervisor must write are made beforehand, with their
    /// blocks, so that a disk that fills up meanwhile cannot lose the exit code. False if a supervisor is alive: a
    /// server started it just before that server was killed.
    /// </summary>
    public bool TryPrepare(ProcessSpec spec, IReadOnlyList<string> sandbox, IReadOnlyList<string> groups)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // A supervisor that starts now finds the lock taken and exits.
        using var held = FileLock.TryTake(Lock);
        if (held is null)
        {
            return false;
        }

        File.Delete(Exit);
        File.Delete(Stopping);
        Write("pid", new string(' ', 15) + "\n");
        Write("exit.new", new string(' ', 15) + "\n");
        Write("status", "");
        Write("groups", string.Concat(groups.Select(group => group + "\n")));
        File.Delete(At("memory"));
        Write("limit", spec.Limit is { } limit ? Seconds(limit) : "");
        // The arguments hold the environment with its credentials, so only the owner may read them.
        Write("sandbox", string.Concat(sandbox.Select(argument => argument + "\0")));
        Write("filter", sandbox.Count > 0 ? SystemCalls.Filter : []);
        File.AppendAllText(Log, "");
        if (spec.Door is not null)
        {
            Directory.CreateDirectory(Relay);
        }

        return true;
    }

    public bool IsLocked()
    {
        if (!File.Exists(Lock))
        {
            return false;
        }

        using var held = FileLock.TryTake(Lock);
        return held is null;
    }

    /// <summary>The supervisor's process id; null before the supervisor has written it.</summary>
    public int? SupervisorPid() => Number(Pid);

    public bool HasEnded() => File.Exists(Exit);

    public bool StopWasSent() => File.Exists(Stopping);

    public void RememberStop() => File.WriteAllText(Stopping, "");

    public ExitStatus ReadExit()
    {
        var started = Modified(Pid);
        if (Number(Exit) is not { } code)
        {
            return new ExitStatus(
                null,
                TimedOut: false,
                SandboxFailed: false,
                OutOfMemory: false,
                started,
                Modified(Log)
            );
        }

        var ended = Modified(Exit);
        var limit = double.TryParse(ReadOrEmpty(Limit), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        var timedOut =
            limit > 0
            && code is TimeoutExit or KilledExit
            && !StopWasSent()
            && (ended - started).TotalSeconds >= limit - 0.5;
        var sandboxed = new FileInfo(At("sandbox")) is { Exists: true, Length: > 0 };
        var status = ReadOrEmpty(At("status"));
        // Without a child, no program ran, whatever the code: bubblewrap was killed, or is missing.
        var sandboxFailed =
            sandboxed
            && code != 0
            && !status.Contains("exit-code", StringComparison.Ordinal)
            && (code == 1 || !status.Contains("child-pid", StringComparison.Ordinal));
        return new ExitStatus(code, timedOut, sandboxFailed, code != 0 && WasOutOfMemory(), started, ended);
    }

    /// <summary>A duration in the format of coreutils, in seconds.</summary>
    public static string Seconds(TimeSpan duration) =>
        duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>
    /// True if the kernel counts a process that it ended, as either version writes it: <c>oom_kill 1</c>.
    /// </summary>
    private bool WasOutOfMemory() =>
        ReadOrEmpty(At("memory"))
            .Split('\n')
            .Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");

    private static int? Number(string file) =>
        int.TryParse(ReadOrEmpty(file), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string ReadOrEmpty(string file) => File.Exists(file) ? File.ReadAllText(file) : "";

    private static DateTimeOffset Modified(string file) => new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);

    private void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] content)
    {
        using var stream = new FileStream(
            At(name),
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        stream.Write(content);
    }

    private string At(string name) => System.IO.Path.Combine(path, name);
}
