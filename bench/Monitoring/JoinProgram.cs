using System.Diagnostics;
using System.Globalization;
using Plumbline.Bench.Captures;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Bench.Monitoring;

/// <summary>What the monitor job does with its files, as a process of its own: prints rows, right ones, CPU seconds, MiB.</summary>
internal static class JoinProgram
{
    public static async Task RunAsync(string folder, CancellationToken cancel)
    {
        var project = new ProjectDescription
        {
            Name = "digits",
            Data = new DataDescription(),
            Labels = DigitCaptures.Labels,
            Monitor = new MonitorDescription { AuditShare = 1 },
        };
        var start = DigitCaptures.Time(0);
        var window = MonitorWindow.Of(start, start.AddDays(365), start.AddDays(365));
        var join = new QualityJoin(project, "digits", window);
        var labels = MonitoringFiles.Labels(folder);
        join.ExpectLabels(labels.Sum(file => new FileInfo(file).Length));
        foreach (var file in labels)
        {
            await ReadAsync(file, join.AddLabel, cancel);
        }
        foreach (var file in MonitoringFiles.Captures(folder))
        {
            await ReadAsync(file, join.AddCapture, cancel);
        }
        var (matrix, _) = join.Finish();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{matrix.Rows} {matrix.Correct} {Environment.CpuUsage.TotalTime.TotalSeconds} {PeakMebibytes()}"
            )
        );
    }

    private static async Task ReadAsync(string file, LineHandler handle, CancellationToken cancel)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await LineReader.ReadAsync(stream, handle, cancel);
    }

    private static double PeakMebibytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / (1024.0 * 1024);
    }
}
