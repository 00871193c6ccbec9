using System.Globalization;
using System.IO.Compression;
using Plumbline.Backtest.Projects;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// The backtest tells before what production does: each answer, each measurement, each training with its reason and its
/// kind, each weight and each deployment are those of the replay.
/// </summary>
[Trait(Nightly.Part, "drifts")]
public sealed class BacktestEqualsProductionTests
{
    private const int Every = 15;
    private const int Windows = 10;
    private const int Initial = 450;

    private static readonly int Played = Nightly.Or(4, Windows);

    [GoldenFact("git", "bwrap")]
    public async Task Electricity_prices_are_answered_row_by_row_as_the_backtest_said()
    {
        var rows = Electricity();
        var length = (rows.Count - Initial) / Windows;
        await using var running = await RunningLoop.StartAsync(
            _ => Describe("[0, 1]", Settings(recipes: "[decay, recent, first]", "threshold: 0.55", "growth: 50%")),
            data: Table("day,period,demand,price,other,transfer", rows.Take(Initial))
        );
        var played = new PlayedProject(running);
        await played.PushAsync();
        var windows = await played.WindowsAsync([.. rows.Skip(Initial).Chunk(length).Take(Played)]);
        var expected = await played.ReplayAsync(windows);

        var trainings = await played.PlayAsync(windows, expected);

        trainings.ShouldBe(expected.Count(window => window.Due is not null));
        expected.Count(window => window.Kind is { IsRefresh: true }).ShouldBeGreaterThanOrEqualTo(Nightly.Or(1, 3));
        expected.Count(window => window.Kind is { IsRefresh: false }).ShouldBeGreaterThanOrEqualTo(Nightly.Or(1, 2));
        RightShare(expected).ShouldBeGreaterThan(0.6);
    }

    [ProgramFact("git", "bwrap")]
    public async Task Digits_that_change_three_times_are_answered_row_by_row_as_the_backtest_said()
    {
        var digits = Digits();
        var columns = string.Join(',', Enumerable.Range(0, 64).Select(pixel => $"p{pixel}"));
        await using var running = await RunningLoop.StartAsync(
            _ =>
                Describe("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]", Settings(recipes: "[]", "threshold: 0.70", "growth: never")),
            data: Table(columns, digits.Take(600).Select(one => (Text(one.Pixels), one.Label)))
        );
        var played = new PlayedProject(running);
        await played.PushAsync();
        var windows = await played.WindowsAsync([.. Drifting([.. digits.Skip(600)]).Take(Nightly.Or(3, 7))]);
        var expected = await played.ReplayAsync(windows);

        var trainings = await played.PlayAsync(windows, expected);

        trainings.ShouldBe(expected.Count(window => window.Due is not null));
        trainings.ShouldBeGreaterThanOrEqualTo(Nightly.Or(1, 3));
    }

    private static double RightShare(IReadOnlyList<ReplayedWindow> windows) =>
        windows.Sum(window => window.Right) / (double)windows.Sum(window => window.Answers.Count);

    /// <summary>A day of usual digits, and two days of each of three ways to write them.</summary>
    private static IEnumerable<List<(string, string)>> Drifting(List<(int[] Pixels, string Label)> digits)
    {
        const int OfADay = 150;
        for (var day = 0; day < 7; day++)
        {
            var drift = (day + 1) / 2;
            yield return
            [
                .. digits.Skip(day * OfADay).Take(OfADay).Select(one => (Text(Drifted(one.Pixels, drift)), one.Label)),
            ];
        }
    }

    private static int[] Drifted(int[] pixels, int drift) =>
        [
            .. Enumerable
                .Range(0, pixels.Length)
                .Select(at =>
                    drift switch
                    {
                        0 => pixels[at],
                        1 => 16 - pixels[at],
                        2 => pixels[at / 8 * 8 + 7 - at % 8],
                        _ => pixels[at % 8 * 8 + at / 8],
                    }
                ),
        ];

    private static string Text(int[] pixels) => string.Join(',', pixels);

    private static List<(int[] Pixels, string Label)> Digits()
    {
        using var file = File.OpenRead(Repository.Path("samples", "digits", "digits.csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var digits = new List<(int[], string)>();
        while (text.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            digits.Add(([.. cells[..^1].Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))], cells[^1]));
        }

        return digits;
    }

    private static List<(string Features, string Label)> Electricity()
    {
        var (features, columns, truths) = RealStreams.Read("elec2", Every);
        return
        [
            .. truths.Select(
                (truth, row) =>
                    (
                        string.Join(
                            ',',
                            features
                                .Skip(row * columns)
                                .Take(columns)
                                .Select(value => value.ToString(CultureInfo.InvariantCulture))
                        ),
                        truth.ToString(CultureInfo.InvariantCulture)
                    )
            ),
        ];
    }

    private static string Table(string columns, IEnumerable<(string Features, string Label)> rows) =>
        $"label,{columns}\n" + string.Concat(rows.Select(row => $"{row.Label},{row.Features}\n"));

    private static string Settings(string recipes, string threshold, string growth) =>
        $"""
            training:
              instance: ml.m5.xlarge
              rounds: 30
              addedRounds: 15
              recipes: {recipes}
              hyperparameters:
                max_depth: 4
                nthread: 1
            quality:
              {threshold}
            retraining:
              {growth}
              coolDown: 0s
              minNewLabels: 50
            """;

    private static string Describe(string labels, string settings) =>
        $"""
            name: moons
            data:
              file: data.csv
              label: label
              holdOut: 20%
              validation: 10%
            labels: {labels}
            approval: recommended
            endpoint:
              bake: 0s
            monitor:
              schedule: daily
              auditShare: 100%
              minimumLabels: 50
            {settings}
            """;
}
