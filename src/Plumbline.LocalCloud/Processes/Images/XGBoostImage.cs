using System.Text.RegularExpressions;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>
/// AWS's own XGBoost image. Its versions differ in hyperparameters, model files and answers, so the programs that
/// replace it are told its version.
/// </summary>
internal static partial class XGBoostImage
{
    private const string Variable = "PLUMBLINE_XGBOOST_IMAGE";
    private const string PythonPath = "PYTHONPATH";
    private const string Newest = "1.7-1";

    /// <summary>
    /// Returns the name of the image whose entry runs a user's own script or handler: AWS's image trains and runs
    /// scripts, here they are two programs.
    /// </summary>
    public static string ForScripts(string image) =>
        image.Replace("sagemaker-xgboost:", "sagemaker-xgboost-script:", StringComparison.Ordinal);

    /// <summary>
    /// Tells a program which version it replaces; a tag without a version (latest) means the newest. A script also gets
    /// the Python module of AWS's image.
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
