using System.Globalization;
using System.Text;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Formats;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// Days of a project in production: traffic, the labels that a system delivers, midnight and its measurement.
/// </summary>
internal sealed class Days(RunningLoop running)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly LabelledTraffic traffic = new(running.Loop);

    /// <summary>Passes a day and returns the report of its midnight.</summary>
    /// <param name="id">The id of the request; a row's id also has its number.</param>
    /// <param name="rows">The features, one CSV line per row.</param>
    /// <param name="labels">The true label of each row.</param>
    public async Task<MonitorReport> PassAsync(string id, IReadOnlyList<string> rows, IReadOnlyList<string> labels)
    {
        // Moves away from the previous run, which took a moment after midnight.
        await running.AdvanceAsync(TimeSpan.FromMinutes(10));
        await traffic.SendAsync(id, rows, labels, Patience);
        var now = await running.Loop.Clock.NowAsync();
        var midnight = now.UtcDateTime.Date.AddDays(1);
        await running.AdvanceAsync(midnight - now.UtcDateTime);
        var reports = await SeenAsync(
            () => new MonitorRuns(running.Loop, TimeProvider.System).ReportsAsync(1),
            reports => reports is [var newest] && newest.Window.At >= midnight
        );
        return reports[0];
    }

    /// <summary>Waits until the ledger has this many entries and the newest is deployed.</summary>
    public Task<IReadOnlyList<LedgerEntry>> DeployedAsync(int count) =>
        SeenAsync(
            () => new Ledger(running.Loop).ReadAsync(),
            entries => entries.Count >= count && entries[^1].Deployed
        );

    /// <summary>Polls only a few times a second, because each call is work for the same cloud.</summary>
    public static Task<T> SeenAsync<T>(Func<Task<T>> askAsync, Func<T, bool> fits, TimeSpan? patience = null) =>
        Eventually.Async(
            async () =>
            {
                await Task.Delay(250);
                return await askAsync();
            },
            fits,
            patience ?? Patience
        );
}

/// <summary>Sends requests of many rows, and delivers the labels of their rows like a system.</summary>
internal sealed class LabelledTraffic(LoopContext loop)
{
    private int captured;

    /// <summary>Sends one request, waits until it is captured, and delivers the labels.</summary>
    /// <param name="id">The id of the request.</param>
    /// <param name="rows">The features, one CSV line per row.</param>
    /// <param name="labels">The true label of each row; null for a row whose label does not come.</param>
    /// <param name="patience">The longest wait for the captures.</param>
    /// <returns>The body of the answer.</returns>
    public async Task<ReadOnlyMemory<byte>> SendAsync(
        string id,
        IReadOnlyList<string> rows,
        IReadOnlyList<string?> labels,
        TimeSpan patience
    )
    {
        var answer = await loop.Clients.Runtime.InvokeEndpointAsync(
            new InferenceRequest(loop.Names.Endpoint, Encoding.ASCII.GetBytes(string.Join('\n', rows)), "text/csv")
            {
                InferenceId = id,
            },
            CancellationToken.None
        );
        captured += rows.Count;
        var predictions = new CapturedPredictions(loop);
        await Days.SeenAsync(() => predictions.CountAsync(), count => count >= captured, patience);
        var truths = labels
            .Select(
                (label, row) => label is null ? null : new GroundTruthRecord { EventId = $"{id}#{row}", Data = label }
            )
            .OfType<GroundTruthRecord>();
        var now = await loop.Clock.NowAsync();
        await loop.Bucket.PutTextAsync(
            $"{Layout.GroundTruth}{Layout.Hour(now)}/{id}.jsonl",
            string.Concat(truths.Select(truth => truth.ToLine() + "\n"))
        );
        return answer.Body;
    }
}

/// <summary>
/// Rows of two features in regions. The base data are in one region; in each later region all rows have the same label.
/// </summary>
internal static class Regions
{
    private const int Rows = 100;

    /// <summary>A description that lets the loop decide on only a hundred rows, and train again without a pause.</summary>
    public static string Quickly(string yaml) =>
        yaml.Replace("rounds: 100 ", "rounds: 10 ", StringComparison.Ordinal)
            .Replace("addedRounds: 20 ", "addedRounds: 10 ", StringComparison.Ordinal)
        + """
              auditShare: 100%
              minimumLabels: 50
            endpoint:
              bake: 0s
            retraining:
              coolDown: 0s
              minNewLabels: 50
              growth: never

            """;

    /// <summary>The base data: rows with a positive y are "yes"; x is in [0, 3).</summary>
    public static string BaseData()
    {
        var csv = new StringBuilder("label,x,y\n");
        foreach (var (x, y) in Points(region: 0, 150, seed: 0))
        {
            csv.Append(CultureInfo.InvariantCulture, $"{(y > 0 ? "yes" : "no")},{x:0.####},{y:0.####}\n");
        }

        return csv.ToString();
    }

    /// <summary>Passes a day in a region, whose label differs from the previous region's.</summary>
    public static Task<MonitorReport> PassAsync(Days days, int region, string when) =>
        days.PassAsync(
            $"{when}-{region}",
            RowsOf(region, seed: 2 * region + (when == "healed" ? 1 : 0)),
            LabelsOf(region)
        );

    /// <summary>The rows of a region, one CSV line each.</summary>
    public static IReadOnlyList<string> RowsOf(int region, int seed) =>
        [.. Points(region, Rows, seed).Select(one => FormattableString.Invariant($"{one.X:0.####},{one.Y:0.####}"))];

    /// <summary>The labels of a region's rows.</summary>
    public static IReadOnlyList<string> LabelsOf(int region) =>
        [.. Enumerable.Repeat(region % 2 == 0 ? "yes" : "no", Rows)];

    private static IEnumerable<(double X, double Y)> Points(int region, int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable
            .Range(0, count)
            .Select(i => (10 * region + 3 * random.NextDouble(), (i % 2 == 0 ? 1 : -1) * (0.2 + random.NextDouble())));
    }
}
