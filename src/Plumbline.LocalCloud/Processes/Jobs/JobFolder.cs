using Plumbline.LocalCloud.Processes.Logs;
using Plumbline.LocalCloud.State.Removal;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// A job's folder: <c>root</c> is the job's <c>/opt/ml</c>, <c>inputs</c> what it may read, on the object store's own
/// file system so that both can share their bytes. The supervisor's files lie beside them.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="sandboxed">Whether the job sees <c>root</c> as <c>/opt/ml</c>; else it sees it where it is.</param>
/// <param name="volume">Bytes that the job may leave.</param>
public sealed class JobFolder(string path, bool sandboxed, long volume = long.MaxValue)
{
    private const string Ml = "/opt/ml";

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>True where the job runs in a sandbox.</summary>
    public bool Sandboxed => sandboxed;

    /// <summary>On the host, what the job has as <c>/opt/ml</c>.</summary>
    public string Root => System.IO.Path.Combine(path, "root");

    /// <summary>The inputs that are bound read-only over parts of <see cref="Root"/>.</summary>
    public string Inputs => System.IO.Path.Combine(path, "inputs");

    /// <summary>Archives on their way to S3.</summary>
    public string Outgoing => System.IO.Path.Combine(path, "outgoing");

    /// <summary>The program's output, with what the platform has to say before it.</summary>
    public string Log => System.IO.Path.Combine(path, "log");

    /// <summary>True where the job was ended because its files outgrew its volume.</summary>
    public bool IsFull => File.Exists(Full);

    /// <summary>The base folder as the program sees it: <c>/opt/ml</c>, or SAGEMAKER_BASE_DIR.</summary>
    public string Base => sandboxed ? Ml : Root;

    /// <summary>A path of the container as the program sees it.</summary>
    public string Inside(string containerPath) =>
        sandboxed ? containerPath : containerPath.Replace(Ml, Root, StringComparison.Ordinal);

    /// <summary>A path of the container, which lies below <c>/opt/ml</c>, on the host.</summary>
    /// <exception cref="JobFailure">It lies elsewhere.</exception>
    public string OnHost(string containerPath) => System.IO.Path.Combine(Root, BelowMl(containerPath));

    /// <summary>A folder of the container, which lies below <c>/opt/ml</c>, as the job left it.</summary>
    /// <exception cref="JobFailure">It lies elsewhere.</exception>
    internal LeftFolder Left(string containerPath) => new(Root, BelowMl(containerPath), volume);

    /// <summary>The part of a container's path that follows <c>/opt/ml/</c>.</summary>
    /// <exception cref="JobFailure">It lies elsewhere.</exception>
    public static string BelowMl(string containerPath)
    {
        var full = System.IO.Path.GetFullPath(containerPath).TrimEnd('/');
        return full.StartsWith(Ml + "/", StringComparison.Ordinal)
            ? full[(Ml.Length + 1)..]
            : throw new JobFailure($"ClientError: {containerPath} is not below {Ml}.");
    }

    /// <summary>Begins anew: whatever an interrupted attempt left is removed.</summary>
    public void Clear()
    {
        Delete();
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Inputs);
    }

    /// <summary>Makes folders of the container, given by their paths there.</summary>
    public void Make(params IEnumerable<string> containerPaths)
    {
        foreach (var containerPath in containerPaths)
        {
            Directory.CreateDirectory(OnHost(containerPath));
        }
    }

    /// <summary>Adds a line of the platform's to the job's log.</summary>
    public void Note(string line) => File.AppendAllText(Log, line + "\n");

    /// <summary>The end of what the program printed: where it says why it gave up.</summary>
    public string LastLines(int count) => LogEnd.Read(Log, count);

    /// <summary>Removes the folder, whatever a program has left in it.</summary>
    public void Delete() => Remove(path);

    /// <summary>Removes what takes room, once the job's outcome is certain.</summary>
    /// <param name="keepExit">
    /// Whether the exit code still says how the job ended. Where its results could not be stored it does not, and a
    /// server that starts after a crash must not read success from it.
    /// </param>
    public void MakeRoom(bool keepExit)
    {
        if (!keepExit)
        {
            File.Delete(System.IO.Path.Combine(path, "exit"));
        }

        foreach (var folder in (string[])[Outgoing, Inputs, Root])
        {
            Remove(folder);
        }
    }

    /// <summary>The job is to be ended for its files; the next server knows it too.</summary>
    public void MarkFull() => File.WriteAllText(Full, "");

    private string Full => System.IO.Path.Combine(path, "full");

    private void Remove(string folder) => Trash.RemoveOf(path, folder);
}
