using System.Text.RegularExpressions;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>
/// AWS's own XGBoost image. Its versions differ in hyperparameters, model files and answers, so the programs that stand
/// for it are told which one they are.
/// </summary>
internal static partial class XGBoostImage
{
    private const string Variable = "PLUMBLINE_XGBOOST_IMAGE";
    private const string Newest = "1.7-1";

    /// <summary>Tells a program which version it stands for; a tag without a version (latest) is the newest.</summary>
    public static void AddTo(IDictionary<string, string> environment, ImageProgram? program, string image)
    {
        environment.Remove(Variable);
        if (program?.Algorithm == "xgboost")
        {
            environment[Variable] = VersionTag().Match(image) is { Success: true } tag ? tag.Groups[1].Value : Newest;
        }
    }

    [GeneratedRegex(@":(\d+\.\d+-\d+)")]
    private static partial Regex VersionTag();
}
