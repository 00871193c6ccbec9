using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using static Plumbline.Records.Algorithm.AwsRule;

namespace Plumbline.Records.Algorithm;

/// <summary>
/// Checks the hyperparameters of AWS's own XGBoost image, by its version, with AWS's error messages. Source: the
/// container's <c>hyperparameter_validation.py</c> at the tags of its versions.
/// </summary>
public static partial class AwsHyperparameters
{
    private static readonly Dictionary<string, string> Aliases = new()
    {
        ["learning_rate"] = "eta",
        ["min_split_loss"] = "gamma",
        ["reg_lambda"] = "lambda",
        ["reg_alpha"] = "alpha",
    };

    /// <summary>Returns all problems of single values; without any, those of combinations.</summary>
    /// <param name="given">The result of <see cref="Decode"/>.</param>
    /// <param name="image">The image's version: 1.2.2 for <c>1.2-2</c>.</param>
    public static IEnumerable<HyperparameterProblem> Problems(IReadOnlyDictionary<string, string> given, Version image)
    {
        var table = AwsTable.Of(image);
        var bad = new List<HyperparameterProblem>();
        if (!given.ContainsKey("num_round"))
        {
            bad.Add(new("num_round", "Missing required hyperparameter: num_round"));
        }
        foreach (var (name, value) in given)
        {
            var reason = table.TryGetValue(name, out var rule)
                ? rule.Refuse(name, value)
                : $"Extraneous hyperparameter found: {name}";
            if (reason is not null)
            {
                bad.Add(new(name, reason));
            }
        }
        return bad.Count > 0 ? bad : AwsDependencies.Problems(given, image).Concat(AwsLimits.Problems(given));
    }

    /// <summary>
    /// Replaces aliases, and removes the JSON quotes that the SDK's framework estimators put around values: this is the
    /// form that the algorithm reads.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Decode(IReadOnlyDictionary<string, string> given, Version image)
    {
        var decoded = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            // The first version did not have aliases.
            var known = image > new Version(0, 90, 1) ? Aliases.GetValueOrDefault(name, name) : name;
            decoded[known] = Unquote(value);
        }
        return decoded;
    }

    /// <summary>Removes the quotes of a JSON text from a value.</summary>
    public static string Unquote(string value)
    {
        if (value is not ['"', .., '"'])
        {
            return value;
        }
        try
        {
            return JsonSerializer.Deserialize<string>(value)?.Trim() ?? value;
        }
        catch (JsonException)
        {
            return value;
        }
    }

    /// <summary>
    /// The metrics that a training prints, in AWS's order: those of <c>eval_metric</c> and that of hyperparameter
    /// tuning.
    /// </summary>
    public static IReadOnlyList<string> Metrics(IReadOnlyDictionary<string, string> given)
    {
        string[] asked = given.TryGetValue("eval_metric", out var text) ? text.Split(',') : [];
        return given.TryGetValue("_tuning_objective_metric", out var tuned)
            ? [.. asked.Append(tuned.Split(':')[^1]).Distinct().Order(StringComparer.Ordinal)]
            : asked;
    }

    /// <summary>The metric that early stopping watches; null for the last one that is printed.</summary>
    public static string? StoppingMetric(IReadOnlyDictionary<string, string> given) =>
        given.TryGetValue("_tuning_objective_metric", out var tuned) ? tuned.Split(':')[^1]
        : given.TryGetValue("eval_metric", out var text) ? text.Split(',')[^1]
        : null;

    /// <summary>
    /// Returns AWS's error message for a metric with an invalid threshold, "" for a valid threshold, null without one.
    /// </summary>
    internal static string? AtThreshold(string metric)
    {
        var parts = metric.Split('@');
        if (parts.Length < 2)
        {
            return null;
        }
        var name = parts[0].Trim();
        if (name is not ("error" or "ndcg" or "map"))
        {
            return $"Metric '{metric}' is not supported. Parameter 'eval_metric' with customized threshold should "
                + "be one of these options: 'error', 'ndcg', 'map'.";
        }
        return double.TryParse(parts[1].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? ""
            : $"Threshold value 't' in '{name}@t' expects float input.";
    }

    [GeneratedRegex(@"\A\(\s*(-1|0|1)(\s*,\s*(-1|0|1))*\s*,?\s*\)\z")]
    internal static partial Regex Monotone();

    [GeneratedRegex(
        @"\A\[\s*\[\s*[1-9]\d*(\s*,\s*[1-9]\d*)*\s*\](\s*,\s*\[\s*[1-9]\d*(\s*,\s*[1-9]\d*)*\s*\])*\s*\]\z"
    )]
    internal static partial Regex Interaction();
}
