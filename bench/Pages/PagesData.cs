using Plumbline.Bench.Captures;
using Plumbline.Loop;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Bench.Pages;

/// <summary>What lies in S3 after a while of production: captures, people's corrections, the review lists.</summary>
internal static class PagesData
{
    public const int Count = 1_000_000;
    private const int LinesPerFile = 10_000;
    private const int CorrectionFiles = 200;
    private const int CorrectionsPerFile = 100;

    public static readonly ProjectDescription Project = new()
    {
        Name = "digits",
        Data = new DataDescription(),
        Labels = DigitCaptures.Labels,
    };

    public static async Task WriteAsync(LoopContext loop, CancellationToken cancel)
    {
        await loop.Clients.S3.PutBucketAsync(loop.Bucket.Name, cancel);
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

        var audit = Enumerable.Range(0, 500).Select(i => Item(captures, Count - 1 - i, ReviewList.Audit));
        var lines500 = string.Concat(audit.Select(item => RecordJson.Write(item) + "\n"));
        await loop.Bucket.PutTextAsync(Layout.AuditQueue, lines500, cancel);
        await loop.Bucket.PutTextAsync(Layout.UncertainQueue, lines500, cancel);
    }

    /// <summary>Every fiftieth prediction is corrected, by one of two people, some of them by both.</summary>
    private static Correction Correction(DigitCaptures captures, int file, int i)
    {
        var place = file * CorrectionsPerFile + i;
        var number = place % 100 == 99 ? (place - 1) * 50 : place * 50;
        var item = Item(captures, number, place % 2 == 0 ? ReviewList.Audit : ReviewList.Volunteered);
        var time = DigitCaptures.Time(Count).AddMinutes(file).AddMilliseconds(i);
        return item.Answer($"{place % 10}", place % 2 == 0 ? "ann" : "bob", time);
    }

    private static ReviewItem Item(DigitCaptures captures, int number, ReviewList list) =>
        new()
        {
            JoinKey = DigitCaptures.Key(number),
            InferenceTime = DigitCaptures.Time(number),
            Endpoint = "digits",
            Features = captures.Features(number),
            Predicted = $"{DigitCaptures.Predicted(number)}",
            Score = 0.5,
            List = list,
            Alternatives = [.. DigitCaptures.Labels.Take(5).Select(label => new LabelProbability(label, 0.2))],
        };
}
