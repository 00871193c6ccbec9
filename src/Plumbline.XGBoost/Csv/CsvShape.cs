namespace Plumbline.XGBoost.Csv;

/// <summary>The columns of headerless CSV files: label first, then the weight, then the features.</summary>
public sealed record CsvShape
{
    /// <summary>True where the first column is the label.</summary>
    public bool Label { get; init; } = true;

    /// <summary>True where the column after the label is the row's weight (AWS's csv_weights).</summary>
    public bool Weight { get; init; }

    /// <summary>Features a row; 0 takes it from the first row.</summary>
    public int Features { get; init; }

    /// <summary>Says what is wrong with a label, or null where it is good.</summary>
    public Func<float, string?>? CheckLabel { get; init; }

    internal int Leading => (Label ? 1 : 0) + (Weight ? 1 : 0);
}
