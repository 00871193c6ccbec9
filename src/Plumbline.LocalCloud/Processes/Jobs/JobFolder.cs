using Plumbline.LocalCloud.Processes.Logs;
using Plumbline.LocalCloud.State.Removal;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// A job's folder: <c>root</c> is the job's <c>/opt/ml</c>, <c>inputs</c> holds its read-only inputs. Both lie on the
/// object store's file system, so that they can share bytes with it. The supervisor's files are in the same folder.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="sandboxed">
/// True if the job sees <c>root</c> as <c>/opt/ml</c>; otherwise it sees the host's path.
/// </param>
/// <param name="volume">The most bytes that the job may leave.</param>
internal sealed class JobFolder(string path, bool sandboxed, long volume = long.MaxValue)
{
    private const string Ml = "/opt/ml";

    public string Path => path;

    /// <summary>True if the job runs in a sandbox.</summary>
    public bool Sandboxed => sandboxed;

    /// <summary>The path on the host of the job's <c>/opt/ml</c>.</summary>
    public string Root => System.IO.Path.Combine(path, "root");

    /// <summary>The inputs that are bound read-only over parts of <see cref="Root"/>.</summary>
    public string Inputs => System.IO.Path.Combine(path, "inputs");

    /// <summary>Archives that are being sent to S3.</summary>
    public string Outgoing => System.IO.Path.Combine(path, "outgoing");

    /// <summary>The program's output, after the lines of the platform.</summary>
    public string Log => System.IO.Path.Combine(path, "log");

    /// <summary>True if the job was ended because its files exceeded its volume.</summary>
    public bool IsFull => File.Exists(Full);

    /// <summary>The base folder as the program sees it: <c>/opt/ml</c>, or SAGEMAKER_BASE_DIR.</summary>
    public string Base => sandboxed ? Ml : Root;

    /// <summary>Translates a path of the container to the path that the program sees.</summary>
    public string Inside(string containerPath) =>
        sandboxed ? containerPath : containerPath.Replace(Ml, Root, StringComparison.Ordinal);

    /// <summary>Translates a path of the container, below <c>/opt/ml</c>, to the path on the host.</summary>
    /// <exception cref="JobFailure">The path is not below <c>/opt/ml</c>.</exception>
    public string OnHost(string containerPath) => System.IO.Path.Combine(Root, BelowMl(containerPath));

    /// <summary>Returns a folder of the container, below <c>/opt/ml</c>, as the job left it.</summary>
    /// <exception cref="JobFailure">The path is not below <c>/opt/ml</c>.</exception>
    internal LeftFolder Left(string containerPath) => new(Root, BelowMl(containerPath), volume);

    /// <summary>Returns the part of a container's path after <c>/opt/ml/</c>.</summary>
    /// <exception cref="JobFailure">The path is not below <c>/opt/ml</c>.</exception>
    public static string BelowMl(string containerPath)
    {
        var full = System.IO.Path.GetFullPath(containerPath).TrimEnd('/');
        return full.StartsWith(Ml + "/", StringComparison.Ordinal)
            ? full[(Ml.Length + 1)..]
            : throw new JobFailure($"ClientError: {containerPath} is not below {Ml}.");
    }

    /// <summary>Makes an empty folder; removes whatever an interrupted attempt left.</summary>
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

    /// <summary>Adds a line of the platform to the job's log.</summary>
    public void Note(string line) => File.AppendAllText(Log, line + "\n");

    /// <summary>The last lines of the log, which usually say why the program gave up.</summary>
    public string LastLines(int count) => LogEnd.Read(Log, count);

    /// <summary>Removes the folder, whatever a program has left in it.</summary>
    public void Delete() => Remove(path);

    /// <summary>Removes the large parts, once the job's outcome is certain.</summary>
    /// <param name="keepExit">
    /// True if the exit code still says how the job ended. It does not if the results could not be stored, and a server
    /// that starts after a crash must not read success from it.
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

    /// <summary>Notes, also for the next server, that the job is ended because of its files.</summary>
    public void MarkFull() => File.WriteAllText(Full, "");

    private string Full => System.IO.Path.Combine(path, "full");

    private void Remove(string folder) => Trash.RemoveOf(path, folder);
}
