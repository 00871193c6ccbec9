using System.Globalization;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Capacity;

/// <summary>
/// Control groups limit the memory and the processes of a program and all that it starts together. Root may make them
/// on most machines, an ordinary user only where systemd delegated a part of the tree to the session (version 2).
/// Elsewhere, the limits are those of each process.
/// </summary>
internal static class ControlGroups
{
    private const string Prefix = "plumbline-";

    /// <summary>The folders in which groups can be made, one per hierarchy.</summary>
    private static readonly Lazy<IReadOnlyList<Parent>> Parents = new(Find);

    /// <summary>
    /// Prepares the kernel for a process that enters a group soon. The first entry in a while waits until each
    /// processor has been idle or in the kernel, some 5 to 20 ms, and later ones do not. It is enough to enter the
    /// group that this process is already in.
    /// </summary>
    public static void Expect()
    {
        if (Parents.Value is [{ Own: { } own }, ..])
        {
            _ = Task.Run(() => Enter(own));
        }
    }

    /// <summary>
    /// Makes a group in each hierarchy for a new process; returns an empty list if one of them fails.
    /// </summary>
    public static IReadOnlyList<string> Make(ProcessLimits limits)
    {
        var made = new List<string>();
        try
        {
            foreach (var parent in Parents.Value)
            {
                var group = Path.Combine(parent.Folder, $"{Prefix}{Guid.NewGuid():N}");
                Directory.CreateDirectory(group);
                made.Add(group);
                foreach (var (file, value) in parent.Settings(limits))
                {
                    File.WriteAllText(Path.Combine(group, file), value.ToString(CultureInfo.InvariantCulture));
                }
            }

            return made;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(made);
            return [];
        }
    }

    /// <summary>Removes groups without processes, which killed supervisors left.</summary>
    public static void Sweep()
    {
        foreach (var parent in Parents.Value)
        {
            foreach (var group in Directory.EnumerateDirectories(parent.Folder, Prefix + "*"))
            {
                // A group that was made just now may not be entered yet.
                if (ProcessTime.Clock.GetUtcNow() - Directory.GetCreationTimeUtc(group) > TimeSpan.FromMinutes(10))
                {
                    Remove(group);
                }
            }
        }
    }

    /// <summary>Removes groups that no process has entered.</summary>
    public static void Remove(IReadOnlyList<string> groups)
    {
        foreach (var group in groups)
        {
            Remove(group);
        }
    }

    private static void Remove(string group)
    {
        try
        {
            // A group's files belong to the kernel: only the folder itself can be removed, and only an empty one.
            Directory.Delete(group);
        }
        catch (IOException) { }
        catch (UnauthorizedAccessException) { }
    }

    private static void Enter(string group)
    {
        try
        {
            File.WriteAllText(
                Path.Combine(group, "cgroup.procs"),
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
            );
        }
        catch (IOException) { }
        catch (UnauthorizedAccessException) { }
    }

    private static IReadOnlyList<Parent> Find()
    {
        try
        {
            var mine = File.ReadLines("/proc/self/cgroup").Select(line => line.Split(':', 3)).ToList();
            var mounts = File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')).ToList();
            var found = Second(mine, mounts) ?? First(mine, mounts);
            return found.TrueForAll(parent => CanMake(parent.Folder)) ? found : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>
    /// Version 2: the nearest folder above this process that controls memory and processes, and is writable.
    /// </summary>
    private static List<Parent>? Second(List<string[]> mine, List<string[]> mounts)
    {
        if (
            mounts.Find(mount => FileSystem(mount) == "cgroup2") is not { } mount
            || mine.Find(line => line[1] == "") is not { } own
        )
        {
            return null;
        }

        for (var path = own[2]; ; path = Path.GetDirectoryName(path)!)
        {
            var folder = Join(mount[4], path);
            var controls = Path.Combine(folder, "cgroup.subtree_control");
            var handed = File.Exists(controls) ? File.ReadAllText(controls).Split(' ', '\n') : [];
            if (handed.Contains("memory") && handed.Contains("pids") && CanMake(folder))
            {
                return
                [
                    new Parent(
                        folder,
                        Join(mount[4], own[2]),
                        limits =>
                            [("memory.max", limits.Memory), ("memory.swap.max", 0), ("pids.max", limits.Processes)]
                    ),
                ];
            }

            if (path is "/" or "")
            {
                return null;
            }
        }
    }

    /// <summary>Version 1: one hierarchy per controller.</summary>
    private static List<Parent> First(List<string[]> mine, List<string[]> mounts)
    {
        var memory = Of("memory", limits => [("memory.limit_in_bytes", limits.Memory)]);
        var processes = Of("pids", limits => [("pids.max", limits.Processes)]);
        return memory is not null && processes is not null ? [memory, processes] : [];

        Parent? Of(string controller, Func<ProcessLimits, (string File, long Value)[]> settings)
        {
            var mount = mounts.Find(one => FileSystem(one) == "cgroup" && one[^1].Split(',').Contains(controller));
            var own = mine.Find(line => line[1].Split(',').Contains(controller));
            if (mount is null || own is null)
            {
                return null;
            }

            // In a container the path may be the host's, which is not visible here.
            var folder = Join(mount[4], own[2]);
            return Directory.Exists(folder)
                ? new Parent(folder, folder, settings)
                : new Parent(mount[4], Own: null, settings);
        }
    }

    /// <summary>
    /// Tries it, for a mode says little: the file system may be read-only, or the tree may belong to another user.
    /// </summary>
    private static bool CanMake(string folder)
    {
        var group = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(group);
            Remove(group);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string FileSystem(string[] mount) => mount[Array.IndexOf(mount, "-") + 1];

    private static string Join(string mount, string path) => Path.TrimEndingDirectorySeparator(mount + path);

    /// <param name="Folder">The folder in which groups are made.</param>
    /// <param name="Own">The group of this process; null if it is not visible.</param>
    /// <param name="Settings">The files of a group and their values.</param>
    private sealed record Parent(string Folder, string? Own, Func<ProcessLimits, (string File, long Value)[]> Settings);
}
