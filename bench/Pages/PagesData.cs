using Plumbline.Bench.Captures;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;

namespace Plumbline.Bench.Pages;

/// <summary>
/// The content of S3 after a while in production: captures, people's corrections, a year of measurements.
/// </summary>
internal static class PagesData
{
    public const int Count = 1_000_000;
    private const int LinesPerFile = 10_000;
    private const int CorrectionFiles = 200;
    private const int CorrectionsPerFile = 100;

    /// <summary>Writes the digits sample with all of its data.</summary>
    public static async Task WriteProjectAsync(string folder, CancellationToken cancel)
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "digits.yaml");
        File.Copy(sample, Path.Combine(folder, ProjectFolder.DescriptionFile));
        var head = "label," + string.Join(',', Enumerable.Range(0, 64).Select(pixel => $"p{pixel}"));
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "data.csv"),
            [head, .. new DigitCaptures().Labelled()],
            cancel
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "buildspec.yml"), ProjectTemplate.Buildspec, cancel);
        await new WorkTree(folder).BeginAsync("Handwritten digits", cancel);
    }

    public static async Task WriteCapturesAsync(LoopContext loop, CancellationToken cancel)
    {
        var captures = new DigitCaptures();
        for (var first = 0; first < Count; first += LinesPerFile)
        {
            var lines = Enumerable.Range(first, LinesPerFile).Select(number => captures.CaptureLine(number));
            var key =
                $"{Layout.EndpointCaptures(loop.Names.Endpoint)}AllTraffic/{Layout.Hour(DigitCaptures.Time(first))}/{first:00000000}.jsonl";
            await loop.Bucket.PutTextAsync(key, string.Concat(lines), cancel);
        }
        for (var file = 0; file < CorrectionFiles; file++)
        {
            var corrections = Enumerable
                .Range(0, CorrectionsPerFile)
                .Select(i => Correction(captures, file, i))
                .ToList();
            await loop.Bucket.PutTextAsync(
                Layout.CorrectionFile(corrections[0].Time, corrections[0].Id),
                string.Concat(corrections.Select(one => CorrectionLog.ToLine(one) + "\n")),
                cancel
            );
        }
    }

    /// <summary>Copies the one measurement to each day of a year.</summary>
    public static async Task WriteYearAsync(LoopContext loop, CancellationToken cancel)
    {
        var runs = new Loop.Monitoring.MonitorRuns(loop, TimeProvider.System);
        var report = (await runs.ReportsAsync(most: 1, cancel))[0];
        for (var day = 1; day <= 365; day++)
        {
            var window = MonitorWindow.Of(loop.Project.Monitor, report.Window.At.AddDays(-day));
            await loop.Bucket.PutTextAsync(
                Layout.MonitorRun(window.At) + "report.json",
                RecordJson.WriteDocument(report with { Window = window }),
                cancel
            );
        }
    }

    /// <summary>Corrects every fiftieth prediction, by one of two people, and sometimes by both.</summary>
    private static Correction Correction(DigitCaptures captures, int file, int i)
    {
        var place = file * CorrectionsPerFile + i;
        var number = place % 100 == 99 ? (place - 1) * 50 : place * 50;
        var item = new ReviewItem
        {
            JoinKey = DigitCaptures.Key(number),
            InferenceTime = DigitCaptures.Time(number),
            Endpoint = "digits",
            Features = captures.Features(number),
            Predicted = $"{DigitCaptures.Predicted(number)}",
            Score = 0.5,
            List = place % 2 == 0 ? ReviewList.Audit : ReviewList.Volunteered,
        };
        var time = DigitCaptures.Time(Count).AddMinutes(file - CorrectionFiles).AddMilliseconds(i);
        return item.Answer($"{place % 10}", place % 2 == 0 ? "ann" : "bob", time);
    }
}
