using Plumbline.Backtest.Projects;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// Plays a stream through a project in a real local cloud, a day for each window, and compares everything with the replay
/// of the same project that was made before.
/// </summary>
internal sealed class PlayedProject(RunningLoop running)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly LabelledTraffic traffic = new(running.Loop);
    private readonly Days days = new(running);

    /// <summary>
    /// Windows of a day each, from tomorrow on. The rows of a window are one request at noon.
    /// </summary>
    /// <param name="rows">The features and the label of each row, by window.</param>
    public async Task<IReadOnlyList<ServedWindow>> WindowsAsync(
        IReadOnlyList<IReadOnlyList<(string Features, string Label)>> rows
    )
    {
        var tomorrow = (await running.Loop.Clock.NowAsync()).UtcDateTime.Date.AddDays(1);
        return
        [
            .. rows.Select(
                (own, day) =>
                    new ServedWindow(
                        [.. own.Select((row, i) => Row($"{IdOf(day)}#{i}", row, TimeOf(day)))],
                        new DateTimeOffset(tomorrow.AddDays(day + 1), TimeSpan.Zero)
                    )
            ),
        ];

        DateTimeOffset TimeOf(int day) => new(tomorrow.AddDays(day).AddHours(12), TimeSpan.Zero);
    }

    /// <summary>Replays the project of the running loop.</summary>
    public async Task<IReadOnlyList<ReplayedWindow>> ReplayAsync(IReadOnlyList<ServedWindow> windows)
    {
        using var folder = new TemporaryFolder();
        var data = BaseFiles.Open(Path.Combine(running.Project, "data.csv"));
        return await new ProjectReplay(running.Folder.Description, data, folder.At("replay")).PlayAsync(windows);
    }

    /// <summary>Pushes the project, and waits for its first model.</summary>
    public async Task PushAsync()
    {
        (await running.PlumbAsync("push")).Succeeded();
        await days.DeployedAsync(1);
    }

    /// <summary>Plays the windows. Nobody does anything but send rows and deliver labels.</summary>
    /// <returns>The trainings that started by themselves.</returns>
    public async Task<int> PlayAsync(IReadOnlyList<ServedWindow> windows, IReadOnlyList<ReplayedWindow> expected)
    {
        var (executions, deployed) = (1, 1);
        for (var day = 0; day < windows.Count; day++)
        {
            var (window, replayed) = (windows[day], expected[day]);
            await MoveToAsync(window.Rows[0].Time);
            var body = await traffic.SendAsync(
                IdOf(day),
                [.. window.Rows.Select(row => row.Features)],
                [.. window.Rows.Select(row => row.IsLabelled ? row.Truth : null)],
                Patience
            );
            Classes(body.Span).ShouldBe(replayed.Answers, $"the answers of day {day}");
            if (day == windows.Count - 1)
            {
                break;
            }

            await MoveToAsync(window.At);
            var report = await ReportAsync(window.At);
            report.Value.ShouldBe(replayed.Report!.Value, $"day {day}: {report.Explanation}");
            report.Labels.ShouldBe(replayed.Report.Labels);
            if (replayed.Due is not null)
            {
                await running.EndedAsync(++executions);
                deployed += replayed.Recommended == "none" ? 0 : 1;
                await days.DeployedAsync(deployed);
            }
        }

        await ActsAreAsync(expected);
        await VersionsAreAsync(expected);
        return executions - 1;
    }

    private async Task ActsAreAsync(IReadOnlyList<ReplayedWindow> expected)
    {
        var acts = await running.Loop.History.ReadAsync();
        var started = acts.Where(entry => entry.Act.What == "retrain" && entry.Outcome?.Outcome == "started").ToList();
        started
            .Select(entry => entry.Act.Subject)
            .ShouldBe(["push", .. expected.Select(window => window.Due?.Trigger).OfType<string>()]);
        foreach (var (act, kind) in started.Skip(1).Zip(expected.Select(window => window.Kind).OfType<TrainingKind>()))
        {
            act.Outcome!.Detail.ShouldContain(kind.Reason);
        }

        (await running.ExecutionsAsync()).ShouldAllBe(one => one.PipelineExecutionStatus == "Succeeded");
    }

    private async Task VersionsAreAsync(IReadOnlyList<ReplayedWindow> expected)
    {
        var versions = await new ModelRegistry(running.Loop).ListAsync();
        versions
            .Where(version => version.Status == "Approved")
            .Select(version => version.Role)
            .ShouldBe([
                "first",
                .. expected.Select(window => window.Recommended).Where(role => role is not (null or "none"))!,
            ]);
        versions
            .Count(version => version.Role == "old")
            .ShouldBe(expected.Count(window => window.TrainedRows.ContainsKey("old")));
        versions
            .Where(version => version.Role == "blend")
            .Select(version => version.Weights)
            .ShouldBe(expected.Select(window => window.Blend?.Weights).OfType<string>());
    }

    private async Task MoveToAsync(DateTimeOffset time)
    {
        var now = await running.Loop.Clock.NowAsync();
        now.ShouldBeLessThan(time, "the day was not long enough for its training");
        await running.AdvanceAsync(time - now);
    }

    private async Task<MonitorReport> ReportAsync(DateTimeOffset at)
    {
        var reports = await Days.SeenAsync(
            () => new MonitorRuns(running.Loop, TimeProvider.System).ReportsAsync(1),
            reports => reports is [var newest] && newest.Window.At >= at
        );
        return reports[0];
    }

    private double[] Classes(ReadOnlySpan<byte> body)
    {
        var reader = new AnswerReader(new LabelNames(running.Loop.Project));
        return [.. reader.Read(body).ToArray().Select(answer => (double)answer.Class)];
    }

    private ServedRow Row(string key, (string Features, string Label) row, DateTimeOffset time) =>
        new(key, row.Features, row.Label, time, AuditSample.Contains(key, running.Loop.Project.Monitor.AuditShare));

    private static string IdOf(int day) => $"day-{day}";
}
