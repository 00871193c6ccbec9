using Plumbline.Backtest.Costs;
using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Projects;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Backtests;
using Plumbline.Records.Quality;

namespace Plumbline.Backtest;

/// <summary>The settings of a replay, and the usual policies under them.</summary>
/// <param name="Stream">The rows in time order.</param>
/// <param name="Windows">Which rows train the first model, and when labels come in.</param>
/// <param name="Labels">How many labels come in, and how late.</param>
/// <param name="Source">The file or the endpoint, for the report.</param>
public sealed record Replay(LabelledStream Stream, StreamWindows Windows, LabelDelivery Labels, string Source)
{
    /// <summary>The figure may be worse by this much before the alarm sounds; of an error, by this share.</summary>
    public const double AlarmMargin = 0.02;

    private const double AlarmMarginOfErrors = 0.1;

    /// <summary>The metric; by default accuracy, or the mean absolute error.</summary>
    public string? Metric { get; init; }

    /// <summary>The price of trainings.</summary>
    public TrainingPrice Price { get; init; } = TrainingPrice.Of(TrainingPrice.UsualInstance);

    /// <summary>
    /// Gives the project with the same rows, to be played by the code of production; the other policies' report has the
    /// threshold of a table. Null if the rows cannot be played so.
    /// </summary>
    public Func<BacktestReport, ProjectStream>? Project { get; init; }

    /// <summary>The length of a window in time; null for windows of equal rows.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Plays never, alarm, the single recipes, blend, and others.</summary>
    public BacktestReport Play(DateTimeOffset now, params IReadOnlyList<BacktestPolicy> others)
    {
        using var backtest = Open();
        var reference = backtest.Reference();
        var kind = MetricKind.Of(Metric ?? StreamBacktest.DefaultMetric(Stream.Task));
        BacktestPolicy[] policies =
        [
            BacktestPolicy.Never,
            // The alarm looks at rows that are right: of numbers, at those within the usual error.
            BacktestPolicy.Alarm(backtest.ReferenceRight() - AlarmMargin),
            .. BacktestPolicy.Singles,
            BacktestPolicy.Blend,
            .. others,
        ];
        var times = Stream.Times;
        return new BacktestReport
        {
            Time = now,
            Source = Source,
            Rows = Stream.Rows,
            InitialRows = Windows.Initial,
            LabelShare = Labels.Share,
            LabelDelay = Labels.Delay,
            Every = Every,
            From = times.Count == 0 ? null : times[0],
            To = times.Count == 0 ? null : times[^1],
            Metric = kind.Name,
            Reference = reference,
            AlarmThreshold = kind.HigherIsBetter ? reference - AlarmMargin : reference * (1 + AlarmMarginOfErrors),
            Instance = Price.Instance,
            Policies = [.. policies.Select(backtest.Run)],
            Singles = [.. BacktestPolicy.Singles.Select(one => one.Name)],
        };
    }

    /// <summary>A backtest with these settings, for policies of one's own.</summary>
    public StreamBacktest Open() => new(Stream, Windows, Labels, metric: Metric, price: Price);
}
