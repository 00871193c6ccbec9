using Plumbline.Backtest.Costs;
using Plumbline.Backtest.Models;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Quality;
using Plumbline.Records.Recipes;
using Plumbline.Records.Statistics;

namespace Plumbline.Backtest;

/// <summary>Everything that the policies of one replay share.</summary>
internal sealed record PlayedStream : IDisposable
{
    // A newer model that is better by chance alone would replace the served one this often.
    private const double Level = 0.05;

    public required LabelledStream Stream { get; init; }

    public required StreamWindows Windows { get; init; }

    /// <summary>For each row of the stream: true if it gets a label.</summary>
    public required bool[] Labelled { get; init; }

    /// <summary>The windows that pass before labels come.</summary>
    public required int Delay { get; init; }

    public required Learner Learner { get; init; }

    public required TrainedModels Models { get; init; }

    public required RowJudge Judge { get; init; }

    /// <summary>The metric by its name: accuracy, rmse or mae.</summary>
    public required string Metric { get; init; }

    public required TrainingPrice Price { get; init; }

    /// <summary>The time at the end of a window; null if the times are not known.</summary>
    public DateTimeOffset? TimeAfter(int window) =>
        Stream.Times.Count == 0 ? null : Stream.Times[Windows.Rows(window).To - 1];

    /// <summary>The labelled rows before one, the first model's included.</summary>
    public long LabelledBefore(int row) => Labelled.Take(row).LongCount(known => known);

    /// <summary>The share of the metric's sum that a row has.</summary>
    public double Measure(double answer, int row)
    {
        var error = Math.Abs(answer - Stream.Truth(row));
        return Metric switch
        {
            MetricKind.Accuracy => error == 0 ? 1 : 0,
            MetricKind.MeanAbsoluteError => error,
            _ => error * error,
        };
    }

    /// <summary>Makes the errors of a regression losses; those of a classification are losses.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Losses(double[][] losses)
    {
        if (Stream.Task != TaskKind.Regression)
        {
            return losses;
        }
        var scale = NumberLoss.Scale(losses);
        return Array.ConvertAll(losses, own => Array.ConvertAll(own, error => NumberLoss.Of(error, scale)));
    }

    /// <summary>True if a model is significantly better than another on the labelled rows of a window.</summary>
    public bool IsProven(ServedModel candidate, ServedModel production, int window)
    {
        var (from, to) = Windows.Rows(window);
        var (mine, others) = (candidate.Blend(Stream, from, to), production.Blend(Stream, from, to));
        var (gained, lost) = (0, 0);
        for (var row = 0; row < to - from; row++)
        {
            if (!Labelled[from + row])
            {
                continue;
            }
            var (one, other) = (Judge.IsRight(mine, row, from + row), Judge.IsRight(others, row, from + row));
            gained += one && !other ? 1 : 0;
            lost += other && !one ? 1 : 0;
        }
        return gained > lost && McNemar.MidP(gained, lost) < Level;
    }

    public void Dispose() => Models.Dispose();
}
