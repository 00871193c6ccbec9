using System.Text.RegularExpressions;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Loop.Training;

/// <summary>
/// The figures that a training prints each round or epoch, as SageMaker's MetricDefinitions: it draws them as curves.
/// Both kinds of training print <c>train-NAME:0.5</c> and <c>validation-NAME:0.6</c>.
/// </summary>
internal static class TrainingFigures
{
    private const string Number = "([-+]?[0-9]*[.]?[0-9]+(?:[eE][-+]?[0-9]+)?)";

    /// <summary>The figures of a project's own code; one that the code does not print has no effect.</summary>
    private static readonly string[] OfCode = ["loss", "accuracy"];

    /// <summary>The patterns by figure, named as in AWS's XGBoost: <c>validation:mlogloss</c>.</summary>
    public static IReadOnlyDictionary<string, string> Of(ProjectDescription project) =>
        (from name in Names(project) from set in (string[])["train", "validation"] select (set, name)).ToDictionary(
            figure => $"{figure.set}:{figure.name}",
            figure => $"{figure.set}-{Regex.Escape(figure.name)}:{Number}"
        );

    /// <summary>The default metric of a regression's objective.</summary>
    private static string OfNumbers(ProjectDescription project) =>
        project.Training.Hyperparameters.GetValueOrDefault("objective") switch
        {
            "reg:absoluteerror" => "mae",
            "reg:pseudohubererror" => "mphe",
            "reg:squaredlogerror" => "rmsle",
            "reg:gamma" => "gamma-nloglik",
            "reg:tweedie" => "tweedie-nloglik@1.5",
            "count:poisson" => "poisson-nloglik",
            _ => "rmse",
        };

    private static IEnumerable<string> Names(ProjectDescription project)
    {
        if (project.Training.BringsCode())
        {
            return OfCode;
        }

        var asked = project.Training.Hyperparameters.GetValueOrDefault("eval_metric", "");
        string[] names = asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // The objective's default metric, which depends on the task and the number of labels.
        return names.Length > 0 ? names.Distinct()
            : project.Task == TaskKind.Regression ? [OfNumbers(project)]
            : [project.Labels.Count == 2 ? "logloss" : "mlogloss"];
    }
}
