using System.Globalization;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Costs;

/// <summary>The monthly cost of stored data.</summary>
/// <param name="What">The data and how long it is kept.</param>
/// <param name="Gigabytes">The steady amount once old data is deleted; for logs, the amount of one month.</param>
/// <param name="DollarsPerGigabyte">The price in us-east-1: of storage per month, of logs once.</param>
public sealed record StorageLine(string What, double Gigabytes, decimal DollarsPerGigabyte)
{
    // S3 Standard's first 50 TB, and the ingestion of CloudWatch Logs.
    private const decimal OfS3 = 0.023m;
    private const decimal OfLogs = 0.50m;

    // A captured row of numbers with its answer and metadata, and a line of a model server's log.
    private const double KilobytesOfACapture = 1;
    private const double KilobytesOfALogLine = 0.2;
    private const double KilobytesOfAGigabyte = 1_000_000;
    private const double DaysAMonth = 365d / 12;

    /// <summary>US dollars, to the cent.</summary>
    public decimal Dollars => decimal.Round((decimal)Gigabytes * DollarsPerGigabyte, 2, MidpointRounding.AwayFromZero);

    /// <summary>The storage costs of a project.</summary>
    internal static IReadOnlyList<StorageLine> Of(ProjectDescription project, double requests)
    {
        var capture = project.Capture;
        var kept = requests * capture.Percent() / 100 * capture.Retention.TotalDays;
        return
        [
            new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"captures, {capture.Percent()} % of {requests:#,0} requests a day of 1 kB, kept {capture.Retention.TotalDays:0} days"
                ),
                Math.Round(kept * KilobytesOfACapture / KilobytesOfAGigabyte, 2),
                OfS3
            ),
            new(
                "logs of the endpoint, a line a request",
                Math.Round(requests * DaysAMonth * KilobytesOfALogLine / KilobytesOfAGigabyte, 2),
                OfLogs
            ),
        ];
    }
}
