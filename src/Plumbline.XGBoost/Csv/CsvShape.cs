namespace Plumbline.XGBoost.Csv;

/// <summary>The columns of headerless CSV files: first the label, then the weight, then the features.</summary>
public sealed record CsvShape
{
    /// <summary>True if the first column is the label.</summary>
    public bool Label { get; init; } = true;

    /// <summary>True if the column after the label is the row's weight (AWS's csv_weights).</summary>
    public bool Weight { get; init; }

    /// <summary>Features per row; 0: as many as the first row has.</summary>
    public int Features { get; init; }

    /// <summary>Returns what is wrong with a label, or null if it is valid.</summary>
    public Func<float, string?>? CheckLabel { get; init; }

    internal int Leading => (Label ? 1 : 0) + (Weight ? 1 : 0);
}
