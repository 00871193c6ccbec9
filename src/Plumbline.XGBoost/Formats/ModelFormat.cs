namespace Plumbline.XGBoost.Formats;

/// <summary>The file formats of XGBoost models.</summary>
public enum ModelFormat
{
    Unknown,
    Json,
    UniversalBinaryJson,

    /// <summary>XGBoost's own binary format, the default of save_model up to version 2.0.</summary>
    Binary,

    /// <summary>A pickled Booster of the Python package, the model file of AWS's images up to 1.2.</summary>
    Pickle,
}

public static class ModelFormatNames
{
    public static string Name(this ModelFormat format) =>
        format switch
        {
            ModelFormat.Json => "JSON",
            ModelFormat.UniversalBinaryJson => "universal binary JSON",
            ModelFormat.Binary => "binary of XGBoost 1.7 or older",
            ModelFormat.Pickle => "pickle",
            _ => "unknown form",
        };
}
