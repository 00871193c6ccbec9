using System.Globalization;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>Finds the program below its supervisor, from outside its pid namespace.</summary>
internal static class ProcessTree
{
    /// <summary>The name of the process that holds the program to its time limit.</summary>
    public const string Leader = "timeout";

    /// <summary>
    /// Finds the <c>timeout</c> that starts the program: it passes a SIGTERM on to the program and follows up with
    /// SIGKILL. Null before it has started and after it has ended.
    /// </summary>
    public static int? FindProgram(int supervisor)
    {
        var children = ReadAll().ToLookup(process => process.Parent);
        var level = children[supervisor].ToList();
        while (level.Count > 0)
        {
            if (level.Find(process => process.Name == Leader) is { } program)
            {
                return program.Pid;
            }

            level = [.. level.SelectMany(process => children[process.Pid])];
        }

        return null;
    }

    /// <summary>Kills the leader and all processes below it; false if the leader is gone.</summary>
    public static bool Kill(int leader)
    {
        var children = ReadAll().ToLookup(process => process.Parent, process => process.Pid);
        var below = new Queue<int>([leader]);
        var doomed = new List<int>();
        while (below.TryDequeue(out var pid))
        {
            doomed.Add(pid);
            children[pid].ToList().ForEach(below.Enqueue);
        }

        // From the bottom up: in a sandbox the leader's end ends all processes, without one only itself.
        doomed.Reverse();
        return doomed.Select(pid => Libc.Signal(pid, Libc.SigKill)).ToList()[^1];
    }

    private static IEnumerable<Entry> ReadAll()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid)
                && Read(pid) is { } entry
            )
            {
                yield return entry;
            }
        }
    }

    private static Entry? Read(int pid)
    {
        try
        {
            // "pid (name) state parent ...", and the name may hold anything, brackets too.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var close = stat.LastIndexOf(')');
            var parent = int.Parse(stat[(close + 2)..].Split(' ', 3)[1], CultureInfo.InvariantCulture);
            return new Entry(pid, parent, stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..close]);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Entry(int Pid, int Parent, string Name);
}
