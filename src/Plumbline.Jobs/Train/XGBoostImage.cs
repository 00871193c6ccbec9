namespace Plumbline.Jobs.Train;

/// <summary>Which image of AWS this program stands for.</summary>
internal static class XGBoostImage
{
    private const string Variable = "PLUMBLINE_XGBOOST_IMAGE";

    /// <summary>The version of AWS's own XGBoost image (1.2.2 for <c>1.2-2</c>); null where it is Plumbline's image.</summary>
    public static Version? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
            ? Version.Parse(text.Replace('-', '.'))
            : null;
}
