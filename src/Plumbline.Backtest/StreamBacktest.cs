using Plumbline.Backtest.Costs;
using Plumbline.Backtest.Models;
using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Backtests;
using Plumbline.Records.Quality;

namespace Plumbline.Backtest;

/// <summary>
/// Replays a stream: the rows of a window are answered by the models of that time, then labels come in and the policy may
/// train. No model sees a row before it has answered it.
/// </summary>
public sealed class StreamBacktest : IDisposable
{
    private const double TrainedForReference = 0.8;
    private readonly PlayedStream played;

    /// <param name="learner">By default, <see cref="Learner.For"/>.</param>
    /// <param name="metric">By default accuracy; in a regression, the mean absolute error.</param>
    /// <param name="price">By default, that of <see cref="TrainingPrice.UsualInstance"/>.</param>
    public StreamBacktest(
        LabelledStream stream,
        StreamWindows windows,
        LabelDelivery? delivery = null,
        Learner? learner = null,
        string? metric = null,
        TrainingPrice? price = null
    )
    {
        delivery ??= new LabelDelivery();
        learner ??= Learner.For(stream);
        var labelled = delivery.Draw(stream.Rows, windows.Initial);
        var models = new TrainedModels(stream, windows, labelled, learner);
        played = new PlayedStream
        {
            Stream = stream,
            Windows = windows,
            Labelled = labelled,
            Delay = delivery.Delay,
            Learner = learner,
            Models = models,
            Judge = new RowJudge(stream, stream.Task == TaskKind.Regression ? Tolerance(stream, windows, models) : 0),
            Metric = metric ?? DefaultMetric(stream.Task),
            Price = price ?? TrainingPrice.Of(TrainingPrice.UsualInstance),
        };
    }

    /// <summary>The metric of a task without one.</summary>
    public static string DefaultMetric(TaskKind task) =>
        task == TaskKind.Regression ? MetricKind.MeanAbsoluteError : MetricKind.Accuracy;

    /// <summary>Plays a policy. Models that an earlier policy has trained too are not trained again.</summary>
    public PolicyResult Run(BacktestPolicy policy) => new PolicyRun(played, policy).Play();

    /// <summary>
    /// Returns the figure to expect: that of a model of the first 80 % of the initial rows on the other 20 %.
    /// </summary>
    public double Reference()
    {
        var (from, margins) = ReferenceMargins(played.Stream, played.Windows, played.Models);
        var rows = played.Windows.Initial - from;
        var sum = Enumerable.Range(0, rows).Sum(row => played.Measure(played.Judge.Answer(margins, row), from + row));
        return played.Metric == "rmse" ? Math.Sqrt(sum / rows) : sum / rows;
    }

    /// <summary>The share of the expected predictions that are right: the accuracy, or half of the numbers.</summary>
    internal double ReferenceRight()
    {
        var (from, margins) = ReferenceMargins(played.Stream, played.Windows, played.Models);
        var rows = played.Windows.Initial - from;
        return Enumerable.Range(0, rows).Count(row => played.Judge.IsRight(margins, row, from + row)) / (double)rows;
    }

    public void Dispose() => played.Dispose();

    /// <summary>The median of the absolute errors that are to be expected.</summary>
    private static double Tolerance(LabelledStream stream, StreamWindows windows, TrainedModels models)
    {
        var (from, margins) = ReferenceMargins(stream, windows, models);
        double[] errors =
        [
            .. margins.Select((margin, row) => (double)Math.Abs(margin - stream.Truth(from + row))).Order(),
        ];
        return errors[errors.Length / 2];
    }

    private static (int From, float[] Margins) ReferenceMargins(
        LabelledStream stream,
        StreamWindows windows,
        TrainedModels models
    )
    {
        // At least one row on either side: a stream may begin with very few.
        var from = Math.Clamp((int)(windows.Initial * TrainedForReference), 1, Math.Max(1, windows.Initial - 1));
        using var rows = stream.Matrix(Math.Min(from, windows.Initial - 1), windows.Initial);
        return (Math.Min(from, windows.Initial - 1), models.Reference(from).Booster.Predict(rows, margin: true));
    }
}
