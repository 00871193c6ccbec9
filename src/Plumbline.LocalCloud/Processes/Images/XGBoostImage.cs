using System.Text.RegularExpressions;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>
/// AWS's own XGBoost image. Its versions differ in hyperparameters, model files and answers, so the programs that stand
/// for it are told which one they are.
/// </summary>
internal static partial class XGBoostImage
{
    private const string Variable = "PLUMBLINE_XGBOOST_IMAGE";
    private const string PythonPath = "PYTHONPATH";
    private const string Newest = "1.7-1";

    /// <summary>
    /// The image under whose name the table has the program that runs a user's own script or handler: AWS's image does both,
    /// here they are two programs.
    /// </summary>
    public static string ForScripts(string image) =>
        image.Replace("sagemaker-xgboost:", "sagemaker-xgboost-script:", StringComparison.Ordinal);

    /// <summary>
    /// Tells a program which version it stands for; a tag without a version (latest) is the newest. A script finds the module
    /// of AWS's image that it may import.
    /// </summary>
    public static void AddTo(IDictionary<string, string> environment, ImageProgram program, string image)
    {
        environment[Variable] = VersionTag().Match(image) is { Success: true } tag ? tag.Groups[1].Value : Newest;
        if (program.Algorithm == "script")
        {
            var others = environment.TryGetValue(PythonPath, out var given) && given.Length > 0 ? $":{given}" : "";
            environment[PythonPath] = Path.Combine(PythonStart.Folder, "xgboost") + others;
        }
    }

    [GeneratedRegex(@":(\d+\.\d+-\d+)")]
    private static partial Regex VersionTag();
}
