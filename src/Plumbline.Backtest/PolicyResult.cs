namespace Plumbline.Backtest;

/// <summary>The result of a policy over a stream.</summary>
public sealed record PolicyResult
{
    /// <summary>The name of the policy that was played.</summary>
    public required string Policy { get; init; }

    /// <summary>The served rows of each window.</summary>
    public required IReadOnlyList<int> Rows { get; init; }

    /// <summary>The rows of each window on which the served model was right.</summary>
    public required IReadOnlyList<int> Right { get; init; }

    /// <summary>The trainings after the first model's.</summary>
    public required int Trainings { get; init; }

    /// <summary>The sum of their rows.</summary>
    public required long TrainedRows { get; init; }

    /// <summary>The rows that training on all labels at every delivery would have had.</summary>
    public required long AlwaysRows { get; init; }

    /// <summary>The share of all served rows on which the served model was right.</summary>
    public double Accuracy => Right.Sum() / (double)Rows.Sum();

    /// <summary>The accuracy in each window.</summary>
    public IReadOnlyList<double> AccuracyByWindow => [.. Right.Zip(Rows, (right, rows) => right / (double)rows)];

    /// <summary>The trained rows relative to training on all labels at every delivery.</summary>
    public double RowShare => AlwaysRows == 0 ? 0 : TrainedRows / (double)AlwaysRows;
}
