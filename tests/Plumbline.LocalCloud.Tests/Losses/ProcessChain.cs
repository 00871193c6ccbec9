using System.Diagnostics;
using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>
/// A supervisor and the processes below it, each with its start time, because process ids are reused.
/// </summary>
internal sealed class ProcessChain
{
    private readonly List<(int Id, string Name, string Start)> processes;

    private ProcessChain(List<(int Id, string Name, string Start)> processes) => this.processes = processes;

    public int Count => processes.Count;

    public bool IsGone =>
        processes.TrueForAll(one => Read(one.Id) is not { } now || now.Start != one.Start || now.IsDead);

    /// <summary>Waits until a program runs at the end of the chain of the only supervisor below a folder.</summary>
    /// <param name="folder">The data folder's part for jobs, servers or builds.</param>
    /// <param name="program">The name of the last process.</param>
    public static async Task<ProcessChain> FindAsync(string folder, string program)
    {
        ProcessChain? found = null;
        await Eventually.Async(() =>
        {
            try
            {
                found = Directory
                    .EnumerateFiles(folder, "pid", SearchOption.AllDirectories)
                    .Select(file =>
                        int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var id) ? id : 0
                    )
                    .Where(id => id > 0 && Read(id) is { IsDead: false })
                    .Select(Below)
                    .FirstOrDefault(chain => chain.processes[^1].Name == program);
            }
            catch (IOException)
            {
                // The folder does not exist yet, or a folder in it is being removed.
            }

            return found is not null;
        });
        return found!;
    }

    /// <returns>Its name and place.</returns>
    public string Kill(int index)
    {
        Process.GetProcessById(processes[index].Id).Kill();
        return $"{index + 1} {processes[index].Name}";
    }

    private static ProcessChain Below(int supervisor)
    {
        var chain = new List<(int, string, string)>();
        for (var id = supervisor; id > 0 && Read(id) is { } one; id = ChildOf(id))
        {
            chain.Add((id, one.Name, one.Start));
        }

        return new ProcessChain(chain.Count > 0 ? chain : [(0, "", "")]);
    }

    private static int ChildOf(int parent) =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .FirstOrDefault(id => Read(id) is { } one && one.Parent == parent);

    private static (string Name, int Parent, string Start, bool IsDead)? Read(int id)
    {
        try
        {
            // The name is in brackets and may contain any character.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var (open, close) = (stat.IndexOf('(', StringComparison.Ordinal), stat.LastIndexOf(')'));
            var rest = stat[(close + 2)..].Split(' ');
            return (stat[(open + 1)..close], int.Parse(rest[1], null), rest[19], rest[0] is "Z" or "X");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
