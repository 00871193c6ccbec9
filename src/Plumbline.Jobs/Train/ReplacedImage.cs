namespace Plumbline.Jobs.Train;

/// <summary>Finds out which AWS image this program replaces.</summary>
internal static class ReplacedImage
{
    private const string Variable = "PLUMBLINE_XGBOOST_IMAGE";

    /// <summary>The version of the AWS XGBoost image (1.2.2 for <c>1.2-2</c>); null for Plumbline's image.</summary>
    public static Version? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
            ? Version.Parse(text.Replace('-', '.'))
            : null;
}
