using Plumbline.Backtest.Costs;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Backtests;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Records.Recipes;
using Plumbline.Tables;

namespace Plumbline.Backtest.Projects;

/// <summary>A project with the rows to replay, as the policy <c>project</c> of a backtest.</summary>
/// <param name="Project">The project.</param>
/// <param name="BaseIn">Gives the base data, which trains the first model; it may write files into the given folder.</param>
/// <param name="InitialRows">The number of its rows.</param>
/// <param name="Windows">The served rows.</param>
public sealed record ProjectStream(
    ProjectDescription Project,
    Func<string, BaseFiles> BaseIn,
    int InitialRows,
    IReadOnlyList<ServedWindow> Windows
)
{
    /// <summary>The project's predictions with a truth, in the order of their time.</summary>
    /// <param name="project">The project.</param>
    /// <param name="files">The base data.</param>
    /// <param name="served">The predictions; see <see cref="LiveTable"/>.</param>
    /// <param name="windows">The windows of the same rows after the base rows.</param>
    /// <param name="delivery">The labels that come.</param>
    public static ProjectStream OfServed(
        ProjectDescription project,
        BaseFiles files,
        IReadOnlyList<Correction> served,
        StreamWindows windows,
        LabelDelivery delivery
    ) =>
        Of(
            project,
            _ => files,
            windows,
            delivery,
            (row, isLabelled) =>
            {
                var one = served[row - windows.Initial];
                return new ServedRow(one.JoinKey, one.Features, one.Label, one.InferenceTime, isLabelled)
                {
                    SplitKey = one.SplitKey,
                };
            }
        );

    /// <summary>Plays the project over the whole stream.</summary>
    /// <param name="metric">The metric of the report.</param>
    /// <param name="price">The price of trainings.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<PolicyResult> PlayAsync(string metric, TrainingPrice price, CancellationToken ct)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"plumbline-backtest-{Guid.NewGuid():N}");
        try
        {
            return ResultOf(
                await new ProjectReplay(Project, BaseIn(folder), folder).PlayAsync(Windows, ct),
                metric,
                price
            );
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    internal static ProjectStream Of(
        ProjectDescription project,
        Func<string, BaseFiles> baseIn,
        StreamWindows windows,
        LabelDelivery delivery,
        Func<int, bool, ServedRow> rowAt
    )
    {
        var rows = windows.Rows(windows.Count - 1).To;
        var labelled = delivery.Draw(rows, windows.Initial);
        var monitor = project.Monitor with { LabelDelay = delivery.Delay * project.Monitor.Window };
        var parts = Enumerable.Range(0, windows.Count).Select(windows.Rows).ToList();
        return new ProjectStream(
            project with
            {
                Monitor = monitor,
            },
            baseIn,
            windows.Initial,
            [
                .. parts.Select(
                    (part, window) =>
                    {
                        ServedRow[] own =
                        [
                            .. Enumerable
                                .Range(part.From, part.To - part.From)
                                .Select(row => rowAt(row, labelled[row])),
                        ];
                        return new ServedWindow(own, own[^1].Time.AddSeconds(1));
                    }
                ),
            ]
        );
    }

    private PolicyResult ResultOf(IReadOnlyList<ReplayedWindow> played, string metric, TrainingPrice price)
    {
        string[] recipes = ["first", "old", "new", .. Project.Training.Recipes.Except(["first"])];
        var labels = (long)InitialRows;
        var always = played.SkipLast(1).Sum(window => labels += window.NewLabels);
        var columns = CsvCells.Split(Windows[0].Rows[0].Features).Count;
        var dollars = played
            .Where(window => window.TrainedRows.Count > 0)
            .Sum(window =>
                TrainingPrice.Execution()
                + window.TrainedRows.Sum(one => price.Training(one.Value, columns, RoundsOf(one.Key)))
            );
        var trained = played.Select(window => window.TrainedRows.Where(one => one.Value > 0).ToList()).ToList();
        return new PolicyResult
        {
            Policy = BacktestReport.Project,
            Metric = metric,
            Rows = [.. played.Select(window => window.Answers.Count)],
            Sums = [.. played.Select(window => window.Answers.Zip(window.Truths).Sum(one => Measure(metric, one)))],
            Trainings = trained.Sum(one => one.Count),
            TrainedRows = trained.Sum(one => one.Sum(model => (long)model.Value)),
            AlwaysRows = always,
            Deployments = played.Count(window => window.Recommended is not (null or "none")),
            Dollars = dollars,
            Labels = played.Sum(window => (long)window.NewLabels),
            Recipes = recipes,
            Weights = WeightsOf(played, recipes),
            Trained = [.. trained.Select(one => (IReadOnlyList<string>)[.. one.Select(model => model.Key)])],
        };
    }

    /// <summary>The weights of the model that served each window.</summary>
    private static List<IReadOnlyList<double>> WeightsOf(IReadOnlyList<ReplayedWindow> played, string[] recipes)
    {
        IReadOnlyList<BlendedPart> served = [new BlendedPart("first", 1, "")];
        var weights = new List<IReadOnlyList<double>>();
        foreach (var window in played)
        {
            weights.Add([
                .. recipes.Select(recipe => served.Where(part => part.Recipe == recipe).Sum(part => part.Weight)),
            ]);
            served = window.Recommended switch
            {
                null or "none" => served,
                "blend" => window.Blend!.Parts,
                var role => [new BlendedPart(role, 1, "")],
            };
        }
        return weights;
    }

    private int RoundsOf(string role) => role == "old" ? Project.Training.AddedRounds : Project.Training.Rounds;

    private static double Measure(string metric, (double Answer, double Truth) one) =>
        metric switch
        {
            MetricKind.Accuracy => one.Answer == one.Truth ? 1 : 0,
            MetricKind.MeanAbsoluteError => Math.Abs(one.Answer - one.Truth),
            _ => (one.Answer - one.Truth) * (one.Answer - one.Truth),
        };
}
