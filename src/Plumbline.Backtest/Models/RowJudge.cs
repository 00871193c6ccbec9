using Plumbline.Backtest.Streams;
using Plumbline.Records.Quality;
using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Models;

/// <summary>Compares margins with the truths of a stream.</summary>
/// <param name="stream">The stream with the truths.</param>
/// <param name="tolerance">
/// In a regression, the error up to which a prediction counts as right: it makes the test for a drop the same as for
/// classes.
/// </param>
internal sealed class RowJudge(LabelledStream stream, double tolerance)
{
    /// <summary>The class that a row's margins answer; in a regression, the number.</summary>
    /// <param name="margins">The margins of several rows.</param>
    /// <param name="row">The row among them.</param>
    public double Answer(ReadOnlySpan<float> margins, int row)
    {
        var perRow = stream.MarginsPerRow;
        var own = margins.Slice(row * perRow, perRow);
        if (perRow == 1)
        {
            return stream.Task == TaskKind.Regression ? own[0]
                : own[0] > 0 ? 1
                : 0;
        }
        var best = 0;
        for (var group = 1; group < perRow; group++)
        {
            best = own[group] > own[best] ? group : best;
        }
        return best;
    }

    /// <summary>True if the answer is the true class, or near the true number.</summary>
    public bool IsRight(ReadOnlySpan<float> margins, int row, int ofStream) =>
        stream.Task == TaskKind.Regression
            ? Math.Abs(Answer(margins, row) - stream.Truth(ofStream)) <= tolerance
            : Answer(margins, row) == stream.Truth(ofStream);

    /// <summary>
    /// The log-loss of a class; for a number its error, which <see cref="NumberLoss"/> makes a loss later.
    /// </summary>
    public double Loss(ReadOnlySpan<float> margins, int row, int ofStream)
    {
        var (perRow, truth) = (stream.MarginsPerRow, stream.Truth(ofStream));
        return stream.Task == TaskKind.Regression ? margins[row] - truth
            : perRow == 1 ? TruthLoss.OfLogOdds(margins[row], (int)truth)
            : TruthLoss.OfMargins(margins.Slice(row * perRow, perRow), (int)truth);
    }
}
