using Plumbline.XGBoost;

namespace Plumbline.Serving.Aws;

/// <summary>The image of AWS that this server stands for, and what its environment asks of the answers.</summary>
/// <param name="Version">The image's version: 1.2.2 for <c>1.2-2</c>.</param>
internal sealed record AwsImage(Version Version)
{
    /// <summary>The answer's type where a request names none: SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT, else text/csv.</summary>
    public string DefaultAccept { get; init; } = "text/csv";

    /// <summary>The keys of SAGEMAKER_INFERENCE_OUTPUT (selectable inference), in order; null where it is not set.</summary>
    public IReadOnlyList<string>? Output { get; init; }

    /// <summary>True where a batch transform asks (SAGEMAKER_BATCH): a row a line, whatever the version.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Up to 1.2-1 the rows of a CSV answer are separated by commas, and Accept does not count.</summary>
    public bool JoinsRows => Version < new Version(1, 2, 2);

    /// <summary>Selectable inference came with 1.0.</summary>
    public IReadOnlyList<string>? SelectedOutput => Version >= new Version(1, 0) ? Output : null;

    /// <summary>Null where the server is Plumbline's own image.</summary>
    /// <exception cref="InputException">The variable cannot be understood.</exception>
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
            : throw new InputException(name, $"{text} is not a version like 1.7-1");
    }
}
