using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Aws;

/// <summary>The AWS image that this server replaces, and the environment's settings for its answers.</summary>
/// <param name="Version">The image's version: 1.2.2 for <c>1.2-2</c>.</param>
internal sealed record AwsImage(Version Version)
{
    /// <summary>
    /// The answer's type if a request does not name one: SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT, else text/csv.
    /// </summary>
    public string DefaultAccept { get; init; } = "text/csv";

    /// <summary>The keys of SAGEMAKER_INFERENCE_OUTPUT (selectable inference), in order; null if not set.</summary>
    public IReadOnlyList<string>? Output { get; init; }

    /// <summary>True for a batch transform (SAGEMAKER_BATCH): one row per line, in every version.</summary>
    public bool IsBatch { get; init; }

    /// <summary>True up to 1.2-1: commas separate the rows of a CSV answer, and Accept is ignored.</summary>
    public bool JoinsRows => Version < new Version(1, 2, 2);

    /// <summary><see cref="Output"/>, but null before 1.0, the first version with selectable inference.</summary>
    public IReadOnlyList<string>? SelectedOutput => Version >= new Version(1, 0) ? Output : null;

    /// <summary>Returns null for Plumbline's own image.</summary>
    /// <exception cref="InputException">PLUMBLINE_XGBOOST_IMAGE is not a version.</exception>
    public static AwsImage? FromEnvironment(Func<string, string?> variable)
    {
        const string name = "PLUMBLINE_XGBOOST_IMAGE";
        if (variable(name) is not { Length: > 0 } text)
        {
            return null;
        }
        return System.Version.TryParse(text.Replace('-', '.'), out var version)
            ? new AwsImage(version)
            {
                DefaultAccept = variable("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT") ?? "text/csv",
                Output = variable("SAGEMAKER_INFERENCE_OUTPUT")
                    ?.Replace(" ", "", StringComparison.Ordinal)
                    .ToLowerInvariant()
                    .Split(','),
                IsBatch = variable("SAGEMAKER_BATCH") is { Length: > 0 },
            }
            : throw new InputException(name, $"'{text}' is not a version: write one like 1.7-1");
    }
}
