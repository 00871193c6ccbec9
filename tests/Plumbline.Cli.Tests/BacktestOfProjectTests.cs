using System.Globalization;
using Plumbline.Aws.Client;
using Plumbline.Loop.Backtests;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>A project replays its own predictions: its base data, and then the answers in its loop's bucket.</summary>
[Collection("commands")]
public sealed class BacktestOfProjectTests
{
    private const int Base = 300;
    private const int Served = 900;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Plumb_backtest_without_a_file_replays_the_projects_predictions_and_stores_the_report()
    {
        using var folder = new TemporaryFolder();
        await using var cloud = await CloudProcess.StartAsync(folder.At("data"));
        var rows = Rows();
        var project = folder.At("project");
        Directory.CreateDirectory(project);
        await File.WriteAllTextAsync(
            Path.Combine(project, "plumbline.yaml"),
            "name: live\ndata:\n  file: data.csv\nlabels: [no, yes]\nmonitor:\n  auditShare: 100%\n"
        );
        await File.WriteAllLinesAsync(
            Path.Combine(project, "data.csv"),
            ["label,a,b,c,d,e,f", .. rows.Take(Base).Select(row => $"{row.Label},{row.Cells}")]
        );
        using var clients = new LoopClients(cloud.Connection);
        var description = (await ProjectFolder.OpenAsync(project)).Description;
        var loop = await LoopContext.CreateAsync(description, clients);
        using var s3 = S3ClientFactory.Create(cloud.Connection);
        await s3.PutBucketAsync(loop.Bucket.Name);

        var none = await Plumb.RunAsync(project, folder.At("data"), "backtest", "--windows", "5");
        none.ExitCode.ShouldBe(2);
        none.Error.ShouldContain("no prediction of this project has a truth yet");

        var lines = rows.Skip(Base).Select((row, i) => CorrectionLog.ToLine(Answer(row, i)));
        await loop.Bucket.PutTextAsync(
            Layout.CorrectionFile(Start, Guid.CreateVersion7(Start)),
            string.Concat(lines.Select(line => line + "\n"))
        );
        var run = await Plumb.RunAsync(project, folder.At("data"), "backtest", "--windows", "5", "--store");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain(
            $"{Base + Served} rows; the first {Base} trained the first model, 5 windows were served."
        );
        run.Error.ShouldContain("the console shows it");
        var stored = new StoredBacktests(loop.Bucket);
        var report = await stored.FindAsync((await stored.NamesAsync(default)).Single(), default);
        report.ShouldNotBeNull().Source.ShouldBe($"the endpoint {loop.Names.Endpoint}");
        report.Of("blend").Figure.ShouldBeGreaterThan(report.Of("never").Figure + 0.02);
        report.Of("project").Figure.ShouldBeGreaterThan(report.Of("never").Figure + 0.02);
        report.To.ShouldBe(Start.AddHours(Served - 1));
    }

    /// <summary>After the base rows and a third of the others, the concept changes.</summary>
    private static List<(string Cells, string Label)> Rows()
    {
        var (features, truths) = DriftStreams.Abrupt(Base + Served, 5);
        return
        [
            .. truths.Select(
                (truth, row) =>
                    (
                        string.Join(
                            ',',
                            features
                                .AsSpan(row * DriftStreams.Columns, DriftStreams.Columns)
                                .ToArray()
                                .Select(cell => cell.ToString(CultureInfo.InvariantCulture))
                        ),
                        truth == 1 ? "yes" : "no"
                    )
            ),
        ];
    }

    private static Correction Answer((string Cells, string Label) row, int i) =>
        new()
        {
            Id = Guid.CreateVersion7(Start.AddSeconds(i)),
            JoinKey = $"row {i}",
            InferenceTime = Start.AddHours(i),
            Endpoint = "live",
            Features = row.Cells,
            Predicted = "no",
            Label = row.Label,
            List = ReviewList.Audit,
            Reviewer = "tester",
            Time = Start.AddHours(i + 1),
        };
}
