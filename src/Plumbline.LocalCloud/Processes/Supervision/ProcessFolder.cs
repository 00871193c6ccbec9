using System.Globalization;
using Plumbline.LocalCloud.Processes.Sandboxing;

namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>The files by which a supervisor and a server, who may never meet, know of each other.</summary>
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
    /// Makes the folder ready for a start. What the supervisor will have to write is there beforehand, with its
    /// blocks, so that a disk that fills up meanwhile cannot take the exit code. False where a supervisor is alive: one
    /// that a server started just before it was killed, and that nobody knew of.
    /// </summary>
    public bool TryPrepare(ProcessSpec spec, IReadOnlyList<string> sandbox, IReadOnlyList<string> groups)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // A supervisor that comes now finds the lock taken and leaves.
        using var held = Libc.TryLock(Lock);
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
        // The arguments hold the environment, and with it credentials: for nobody else's eyes.
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

        using var held = Libc.TryLock(Lock);
        return held is null;
    }

    /// <summary>The supervisor's process id; null before it wrote it.</summary>
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
        // Without a child it never came to a program, whatever its code: it was killed, or is not there.
        var sandboxFailed =
            sandboxed
            && code != 0
            && !status.Contains("exit-code", StringComparison.Ordinal)
            && (code == 1 || !status.Contains("child-pid", StringComparison.Ordinal));
        return new ExitStatus(code, timedOut, sandboxFailed, code != 0 && WasOutOfMemory(), started, ended);
    }

    /// <summary>A duration as coreutils reads it.</summary>
    public static string Seconds(TimeSpan duration) =>
        duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>True where the kernel counts a process that it ended, in either version's words: <c>oom_kill 1</c>.</summary>
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
