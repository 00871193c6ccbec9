namespace Plumbline.XGBoost.Formats;

/// <summary>The forms in which XGBoost's models are kept.</summary>
public enum ModelFormat
{
    Unknown,
    Json,
    UniversalBinaryJson,

    /// <summary>XGBoost's own, the default of save_model up to version 2.0.</summary>
    Binary,

    /// <summary>A Booster of Python's package, as AWS's images up to 1.2 leave it.</summary>
    Pickle,
}

/// <summary>Their names in messages.</summary>
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
