using System.Globalization;
using Plumbline.Backtest.Costs;
using Plumbline.Backtest.Projects;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Backtests;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Backtest.Tests;

public sealed class ProjectReplayTests
{
    private const int Rows = 2400;

    [Fact]
    public async Task A_project_heals_an_abrupt_change_and_says_which_trainings_did_it()
    {
        var result = await PlayAsync(project => project);

        // The change is in the sixth of ten windows.
        result.FigureByWindow[5].ShouldBeLessThan(result.FigureByWindow[3] - 0.05);
        result.FigureByWindow[9].ShouldBeGreaterThan(result.FigureByWindow[5] + 0.05);
        result.Trained[5].ShouldBe(["old", "new", "decay", "recent"]);
        result.Trained[^1].ShouldBeEmpty("the labels of the last window change nothing");
        result.Weights.ShouldAllBe(weights => Math.Abs(weights.Sum() - 1) < 1e-9);
        result.Weights[0].ShouldBe([1, 0, 0, 0, 0], "the first model serves the first window");
        result.Dollars.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_replay_gives_the_same_result_again()
    {
        var (one, other) = (await PlayAsync(project => project), await PlayAsync(project => project));

        one.Sums.ShouldBe(other.Sums);
        one.Weights.SelectMany(weights => weights).ShouldBe(other.Weights.SelectMany(weights => weights));
    }

    [Fact]
    public async Task The_limits_of_the_description_hold()
    {
        var seldom = await PlayAsync(project =>
            With(project, project.Retraining with { CoolDown = TimeSpan.FromDays(2.5) })
        );
        var never = await PlayAsync(project => With(project, project.Retraining with { MinNewLabels = 100_000 }));
        var plain = await PlayAsync(project => project with { Training = project.Training with { Recipes = [] } });

        seldom.Trained.Count(one => one.Count > 0).ShouldBeInRange(1, 3);
        never.Trainings.ShouldBe(0);
        never.Deployments.ShouldBe(0);
        plain.Trained.ShouldAllBe(one => one.Count == 0 || one.Count == 2);
    }

    [Fact]
    public async Task Labels_that_come_a_window_later_heal_a_window_later()
    {
        var late = await PlayAsync(project => project, new LabelDelivery(Delay: 1));

        late.Trained[0].ShouldBeEmpty("no label has come");
        late.Trained[5].ShouldNotContain("first");
        late.FigureByWindow[6].ShouldBeLessThan(late.FigureByWindow[3] - 0.05, "the change is not known yet");
    }

    private static ProjectDescription With(ProjectDescription project, RetrainingDescription retraining) =>
        project with
        {
            Retraining = retraining,
        };

    private static async Task<PolicyResult> PlayAsync(
        Func<ProjectDescription, ProjectDescription> change,
        LabelDelivery? delivery = null
    )
    {
        using var folder = new TemporaryFolder();
        var (features, truths) = DriftStreams.Abrupt(Rows, seed: 2);
        var path = folder.Write("rows.csv", Table(features, truths));
        var reading = new TableReading("truth");
        var stream = TableStream.Read(path, reading);
        var windows = StreamWindows.Even(stream.Rows, 10);
        var usual = UsualProject.Of(
            path,
            reading,
            windows,
            delivery ?? new LabelDelivery(),
            stream,
            "accuracy",
            threshold: 0.7,
            every: null
        );
        var project = usual with { Project = change(usual.Project) };
        return await project.PlayAsync("accuracy", TrainingPrice.Of(TrainingPrice.UsualInstance), default);
    }

    private static string Table(float[] features, int[] truths) =>
        $"{string.Join(',', Enumerable.Range(0, DriftStreams.Columns).Select(column => $"f{column}"))},truth\n"
        + string.Concat(
            features
                .Chunk(DriftStreams.Columns)
                .Zip(
                    truths,
                    (row, truth) =>
                        $"{string.Join(',', row.Select(cell => cell.ToString(CultureInfo.InvariantCulture)))},{truth}\n"
                )
        );
}
