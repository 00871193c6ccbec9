namespace Plumbline.XGBoost.Csv;

/// <summary>What the columns of headerless CSV files are: label first, then the weight, then the features.</summary>
public sealed record CsvShape
{
    /// <summary>Whether the first column is the label.</summary>
    public bool Label { get; init; } = true;

    /// <summary>Whether the column after the label is the row's weight (AWS's csv_weights).</summary>
    public bool Weight { get; init; }

    /// <summary>Features a row; 0 takes it from the first row.</summary>
    public int Features { get; init; }

    /// <summary>Says what is wrong with a label, or null where it is good.</summary>
    public Func<float, string?>? CheckLabel { get; init; }

    internal int Leading => (Label ? 1 : 0) + (Weight ? 1 : 0);
}
