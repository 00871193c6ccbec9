using Plumbline.Records.Quality;
using Plumbline.Tables;

namespace Plumbline.Backtest.Streams;

/// <summary>The reading of a table as a stream.</summary>
/// <param name="Label">The column with the truth.</param>
public sealed record TableReading(string Label)
{
    /// <summary>The share of the rows that train the first model.</summary>
    public double InitialShare { get; init; } = 0.15;

    /// <summary>Instead of the share: the number of rows that train the first model.</summary>
    public int? InitialRows { get; init; }

    /// <summary>The column with the time of each row; null if the order is enough.</summary>
    public string? Time { get; init; }

    /// <summary>The kind of the truths; null if they tell it: more than 30 different numbers are a regression.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>The features with their kinds; null if the table tells them.</summary>
    public TableSchema? Schema { get; init; }
}
