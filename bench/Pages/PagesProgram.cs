using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Bench.Captures;
using Plumbline.Bench.Load;
using Plumbline.Loop;
using Plumbline.Loop.GroundTruth;
using Plumbline.WebConsole.Captures;

namespace Plumbline.Bench.Pages;

/// <summary>A console's process without its pages: builds the index from cold, then asks what pages ask.</summary>
internal sealed class PagesProgram(LoopContext loop, CaptureIndex index)
{
    private const int Calls = 200;
    private const double Bar = 300;

    private static readonly DateTimeOffset End = DigitCaptures.Time(PagesData.Count);
    private readonly Random random = new(1);

    public static async Task RunAsync(string cloudFolder, string cacheFolder, CancellationToken cancel)
    {
        using var connection = CloudProcess.Connect(cloudFolder);
        using var clients = new LoopClients(connection);
        var loop = await LoopContext.CreateAsync(PagesData.Project, clients, cancel);
        var cache = new DirectoryInfo(cacheFolder);
        await using var index = new CaptureIndex(loop, cache, TimeProvider.System, NullLogger.Instance);
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await index.UpdateAsync(cancel);
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        Print(
            $"index of {index.Progress.Rows:N0} captures from cold: {clock.Elapsed.TotalSeconds:0.0} s, {used:0.0} CPU-s, peak {self.PeakWorkingSet64 / 1048576.0:0} MiB, file {cache.GetFiles().Sum(file => file.Length) / 1048576.0:0} MiB; aim <= 15 s"
        );
        clock.Restart();
        await index.UpdateAsync(cancel);
        Print($"a pass that finds nothing new: {clock.Elapsed.TotalMilliseconds:0} ms");
        await new PagesProgram(loop, index).AskAsync(cancel);
    }

    private async Task AskAsync(CancellationToken cancel)
    {
        var pages = index.Predictions;
        Print($"{"", -58} {"p50 ms", 8} {"p95 ms", 8}");
        await TimeAsync("search: a key", () => pages.FindAsync(Key(), cancel));
        await TimeAsync(
            "search: the beginning of a key",
            () => pages.SearchAsync(Key()[..random.Next(2, 8)], 50, cancel)
        );
        await TimeAsync("newest 50", () => PageAsync(new CaptureFilter()));
        await TimeAsync("50 from anywhere", () => pages.PageAsync(new CaptureFilter { To = Time() }, 50, null, cancel));
        await TimeAsync("newest 50 of a label", () => PageAsync(new CaptureFilter { Label = "3" }));
        await TimeAsync("... of a label that is never predicted", () => PageAsync(new CaptureFilter { Label = "9" }));
        await TimeAsync("... in the audit sample, not reviewed", () => PageAsync(Filter(audit: true, reviewed: false)));
        await TimeAsync("... reviewed", () => PageAsync(Filter(reviewed: true)));
        await TimeAsync("... with a score under a half", () => PageAsync(new CaptureFilter { ScoreBelow = 0.5 }));
        await TimeAsync("... with a score that none has", () => PageAsync(new CaptureFilter { ScoreBelow = 0.01 }));
        await TimeAsync("... of all filters at once", () => PageAsync(Everything));
        await TimeAsync("a prediction whole, from S3", () => pages.GetAsync(Key(), cancel));
        await TimeAsync("hours of a week", () => index.Statistics.HourlyAsync(End.AddDays(-7), End, cancel));
        await TimeAsync("days of a year", () => index.Statistics.DailyAsync(End.AddDays(-365), End, cancel));
        await TimeAsync(
            "progress of a day's audit sample",
            () => index.Statistics.AuditAsync(End.AddDays(-1), End, cancel)
        );
        await TimeAsync("progress of everything's", () => index.Statistics.AuditAsync(End.AddDays(-99), End, cancel));
        await TimeAsync("conflicts", () => index.Verdicts.ConflictsAsync(100, cancel));
        await TimeAsync("all that Review shows: lists, verdicts, progress, newest", () => ReviewAsync(cancel), Bar);
        await TimeAsync("all that Quality shows: hours, days, progress, conflicts", () => QualityAsync(cancel), Bar);

        Task<CapturePage> PageAsync(CaptureFilter filter) => pages.PageAsync(filter, 50, null, cancel);
    }

    private static CaptureFilter Everything =>
        Filter(audit: true, reviewed: true) with
        {
            Label = "3",
            ScoreBelow = 0.4,
            From = End.AddDays(-9),
            To = End.AddDays(-1),
        };

    private static CaptureFilter Filter(bool? audit = null, bool? reviewed = null) =>
        new() { Audit = audit, Reviewed = reviewed };

    private async Task<object> ReviewAsync(CancellationToken cancel)
    {
        var reviews = new Reviews(loop);
        var audit = await reviews.AuditListAsync(cancel);
        var uncertain = await reviews.UncertainListAsync(cancel);
        await index.Verdicts.OfAsync([.. audit.Concat(uncertain).Select(item => item.JoinKey)], cancel);
        await index.Statistics.AuditAsync(End.AddDays(-1), End, cancel);
        await index.Verdicts.CountBesidesAsync(new HashSet<Guid>(), cancel);
        return await index.Predictions.PageAsync(new CaptureFilter(), 50, null, cancel);
    }

    private async Task<object> QualityAsync(CancellationToken cancel)
    {
        await index.Statistics.HourlyAsync(End.AddDays(-7), End, cancel);
        await index.Statistics.DailyAsync(End.AddDays(-365), End, cancel);
        await index.Statistics.AuditAsync(End.AddDays(-1), End, cancel);
        return await index.Verdicts.ConflictsAsync(100, cancel);
    }

    private string Key() => DigitCaptures.Key(random.Next(PagesData.Count));

    private DateTimeOffset Time() => DigitCaptures.Time(random.Next(PagesData.Count));

    private static async Task TimeAsync<T>(string what, Func<Task<T>> ask, double? bar = null)
    {
        var times = new double[Calls];
        for (var call = 0; call < Calls; call++)
        {
            var clock = Stopwatch.StartNew();
            await ask();
            times[call] = clock.Elapsed.TotalMilliseconds;
        }
        Array.Sort(times);
        var (half, most) = (times[Calls / 2], times[Calls * 95 / 100]);
        Print(
            $"{what, -58} {half, 8:0.0} {most, 8:0.0} {(most < (bar ?? Bar) ? "" : "over")} {(bar is null ? "" : $"bar < {bar}")}"
        );
    }

    private static void Print(FormattableString line) =>
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
