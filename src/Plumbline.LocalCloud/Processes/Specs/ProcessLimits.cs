using System.Globalization;

namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>The most that a program and all that it starts may take.</summary>
/// <param name="Memory">Bytes: with control groups, of all processes together; otherwise of each process.</param>
/// <param name="Processes">The number of processes and threads.</param>
/// <param name="FileSize">Bytes of a single file.</param>
internal sealed record ProcessLimits(long Memory, int Processes, long FileSize)
{
    private const long MostFiles = 65536;

    /// <summary>The first version of Linux that counts the processes of each user namespace separately.</summary>
    private static readonly Version OwnCount = new(5, 14);

    private static readonly Lazy<long> Files = new(() => Math.Min(MostFiles, OpenFiles.Highest));

    /// <summary>The words before a command that set the limits which each process has for itself.</summary>
    /// <param name="sandboxed">False skips the limit of processes: it would count all processes of the user.</param>
    /// <param name="grouped">True if a control group limits memory.</param>
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

        // Limits private memory that can be written, not the address space, of which .NET and others reserve any
        // amount.
        if (!grouped && !gpus)
        {
            yield return Option("data", Memory);
        }

        yield return "--";
    }

    private static string Option(string name, long limit) => $"--{name}={limit.ToString(CultureInfo.InvariantCulture)}";
}
