using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Plumbline.Bench.Monitoring;

/// <summary>The figures that a joining program printed about itself.</summary>
/// <param name="Rows">Joined rows.</param>
/// <param name="Right">Those whose prediction was the label.</param>
/// <param name="CpuSeconds">Joined rows with a correct prediction.</param>
/// <param name="Mebibytes">Peak resident memory.</param>
internal sealed record JoinFigures(long Rows, long Right, double CpuSeconds, double Mebibytes)
{
    /// <summary>Runs a program to its end; null if it cannot be started.</summary>
    public static async Task<JoinFigures?> RunAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(cancel);
            var text = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0)
            {
                Console.WriteLine($"{start.FileName}: {(await errors).Trim().Split('\n')[^1]}");
                return null;
            }
            double[] figures = [.. text.Trim().Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
            return new JoinFigures((long)figures[0], (long)figures[1], figures[2], figures[3]);
        }
        catch (Win32Exception e)
        {
            Console.WriteLine($"{start.FileName}: {e.Message}");
            return null;
        }
    }

    /// <summary>
    /// The run with the least CPU time, because other work on the machine can only add to it. Null without a run.
    /// </summary>
    public static JoinFigures? Least(IEnumerable<JoinFigures> runs) => runs.MinBy(run => run.CpuSeconds);
}
