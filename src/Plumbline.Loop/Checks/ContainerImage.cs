using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Loop.Checks;

/// <summary>An image by its repository and tag.</summary>
internal sealed partial record ContainerImage(string Repository, string Tag)
{
    private static readonly Version FirstWithGpu = new(1, 2);

    /// <summary>AWS's built-in XGBoost: <c>sagemaker-xgboost</c>, or <c>xgboost</c> before version 1.0.</summary>
    public bool IsBuiltInXGBoost => Repository is "sagemaker-xgboost" or "xgboost";

    /// <summary>True for Plumbline's own trainer, which uses one GPU, or CPUs if the instance has no GPU.</summary>
    public bool IsPlumblines => Repository == "plumbline-jobs";

    /// <summary>True if nothing in the image can use a GPU.</summary>
    public bool IsCpuOnly =>
        IsBuiltInXGBoost
            ? Version is { } version && version < FirstWithGpu
            : Repository == "sagemaker-scikit-learn" || Tag.Split('-').Contains("cpu");

    private Version? Version =>
        Leading().Match(Tag) is { Success: true } match
            ? new Version(
                int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
                int.Parse("0" + match.Groups[2].Value, CultureInfo.InvariantCulture)
            )
            : null;

    /// <summary>Reads an image URI; null if it names no image.</summary>
    public static ContainerImage? Of(string uri)
    {
        var last = uri[(uri.LastIndexOf('/') + 1)..].Split('@')[0];
        var colon = last.IndexOf(':', StringComparison.Ordinal);
        return last.Length == 0 ? null
            : colon < 0 ? new ContainerImage(last, "latest")
            : new ContainerImage(last[..colon], last[(colon + 1)..]);
    }

    public override string ToString() => $"{Repository}:{Tag}";

    [GeneratedRegex(@"^(\d{1,6})(?:\.(\d{1,6}))?(?:[.-]|$)")]
    private static partial Regex Leading();
}
