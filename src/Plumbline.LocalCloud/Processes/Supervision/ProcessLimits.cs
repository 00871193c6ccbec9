using System.Globalization;
using Plumbline.LocalCloud.Gateway.Connections;

namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>The most that a program and all that it starts may take.</summary>
/// <param name="Memory">Bytes, of all processes together where there are control groups, else of each.</param>
/// <param name="Processes">Processes and threads.</param>
/// <param name="FileSize">Bytes of one file.</param>
public sealed record ProcessLimits(long Memory, int Processes, long FileSize)
{
    private const long MostFiles = 65536;

    /// <summary>The first Linux that counts the processes of a user namespace by themselves.</summary>
    private static readonly Version OwnCount = new(5, 14);

    private static readonly Lazy<long> Files = new(() => Math.Min(MostFiles, OpenFiles.Highest));

    /// <summary>The command that sets, before another, those limits that each process has for itself.</summary>
    /// <param name="sandboxed">Without a user namespace of its own, a program's processes are counted with all of the user's.</param>
    /// <param name="grouped">True where a control group holds memory.</param>
    /// <param name="gpus">True with GPUs: CUDA maps far more than it uses.</param>
    internal IEnumerable<string> Command(bool sandboxed, bool grouped, bool gpus)
    {
        yield return "prlimit";
        yield return "--core=0";
        yield return Option("nofile", Files.Value);
        yield return Option("fsize", FileSize);
        if (sandboxed && Environment.OSVersion.Version >= OwnCount)
        {
            yield return Option("nproc", Processes);
        }

        // Private memory that can be written, not the address space, of which .NET and others reserve any amount.
        if (!grouped && !gpus)
        {
            yield return Option("data", Memory);
        }

        yield return "--";
    }

    private static string Option(string name, long limit) => $"--{name}={limit.ToString(CultureInfo.InvariantCulture)}";
}
