using System.Diagnostics;
using System.Globalization;
using Plumbline.Aws.Client;
using Plumbline.Bench.Captures;
using Plumbline.Jobs.Monitor;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Bench.Monitoring;

/// <summary>The monitor job's join in its own process; prints rows, correct rows, CPU seconds and MiB.</summary>
internal static class JoinProgram
{
    private const string Endpoint = "digits";
    private static readonly MonitorWindow Window = MonitorWindow.Of(
        DigitCaptures.Time(0),
        DigitCaptures.Time(0).AddDays(365),
        DigitCaptures.Time(0).AddDays(365)
    );

    /// <summary>Joins the files of a folder.</summary>
    public static async Task OfFilesAsync(string folder, CancellationToken cancel)
    {
        var join = NewJoin();
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
        Print(join);
    }

    /// <summary>Joins the objects of a local cloud, with the job's own code.</summary>
    public static async Task OfObjectsAsync(string cloudFolder, CancellationToken cancel)
    {
        using var connection = AwsConnection.To(CloudClients.Read(cloudFolder));
        using var s3 = S3ClientFactory.Create(connection);
        var join = NewJoin();
        await WindowFiles.ReadAsync(new BucketClient(s3, MonitoringFiles.Bucket), Endpoint, Window, join, cancel);
        Print(join);
    }

    private static QualityJoin NewJoin() =>
        new(
            new ProjectDescription
            {
                Name = "digits",
                Data = new DataDescription(),
                Labels = DigitCaptures.Labels,
                Monitor = new MonitorDescription { AuditShare = 1 },
            },
            Endpoint,
            Window
        );

    private static void Print(QualityJoin join)
    {
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
