namespace Plumbline.Records.Quality;

/// <summary>The cost of each wrong answer, by the labels of the truth and of the answer.</summary>
public sealed class CostMatrix
{
    private readonly double[,] costs;

    /// <param name="labels">The project's labels, by class index.</param>
    /// <param name="costs">The costs by truth and answer; a wrong answer that it does not name costs 1.</param>
    public CostMatrix(
        IReadOnlyList<string> labels,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> costs
    )
    {
        this.costs = new double[labels.Count, labels.Count];
        for (var actual = 0; actual < labels.Count; actual++)
        {
            for (var predicted = 0; predicted < labels.Count; predicted++)
            {
                this.costs[actual, predicted] =
                    costs.TryGetValue(labels[actual], out var row) && row.TryGetValue(labels[predicted], out var cost)
                        ? cost
                    : actual == predicted ? 0
                    : 1;
            }
        }
    }

    /// <summary>The cost of a row's prediction.</summary>
    public double Of(in JudgedRow row) => costs[(int)row.Actual, (int)row.Predicted];
}
