using Plumbline.Backtest.Models;
using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;

namespace Plumbline.Backtest;

/// <summary>
/// Replays a stream: the rows of a window are answered by the models of that time, then labels come in and the policy may
/// train. No model sees a row before it has answered it.
/// </summary>
public sealed class StreamBacktest : IDisposable
{
    private readonly LabelledStream stream;
    private readonly StreamWindows windows;
    private readonly LabelDelivery delivery;
    private readonly bool[] labelled;
    private readonly TrainedModels models;

    /// <param name="learner">By default, <see cref="Learner.For"/>.</param>
    public StreamBacktest(
        LabelledStream stream,
        StreamWindows windows,
        LabelDelivery? delivery = null,
        Learner? learner = null
    )
    {
        this.stream = stream;
        this.windows = windows;
        this.delivery = delivery ?? new LabelDelivery();
        labelled = this.delivery.Draw(stream.Rows, windows.Initial);
        models = new TrainedModels(stream, windows, labelled, learner ?? Learner.For(stream));
    }

    /// <summary>Plays a policy. Models that an earlier policy has trained too are not trained again.</summary>
    public PolicyResult Run(BacktestPolicy policy) =>
        new PolicyRun(stream, windows, labelled, delivery.Delay, models, policy).Play();

    /// <summary>
    /// Returns the accuracy to expect: that of a model of the first 80 % of the initial rows on the other 20 %.
    /// </summary>
    public double ReferenceAccuracy()
    {
        const double trained = 0.8;
        var from = (int)(windows.Initial * trained);
        using var rows = stream.Matrix(from, windows.Initial);
        var margins = models.Reference(from).Booster.Predict(rows, margin: true);
        var right = Enumerable
            .Range(0, windows.Initial - from)
            .Count(row => stream.Truth(from + row) == LikeliestClass.Of(margins, row, stream.MarginsPerRow));
        return right / (double)(windows.Initial - from);
    }

    public void Dispose() => models.Dispose();
}
