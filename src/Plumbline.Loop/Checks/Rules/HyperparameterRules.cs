using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>The limits of CreateTrainingJob for hyperparameters.</summary>
internal static class HyperparameterRules
{
    public static IEnumerable<Problem> Lengths(CheckSubject subject)
    {
        var shape = ServiceModel.For("sagemaker").Operations["CreateTrainingJob"].Input!.Members["HyperParameters"];
        foreach (var step in subject.Trainings)
        {
            var given = step.Argument("HyperParameters") as JsonObject ?? [];
            if (given.Count > shape.Max)
            {
                yield return Problem.Error(
                    step.Place,
                    $"{given.Count} hyperparameters, and CreateTrainingJob takes at most {shape.Max}."
                );
            }

            foreach (var (name, value) in given)
            {
                var text = step.Pipeline.Text(value) ?? "";
                if (text.Length > shape.Value!.Max)
                {
                    yield return Problem.Error(
                        step.Place,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"hyperparameter {name} has {text.Length:N0} characters, and CreateTrainingJob takes at most {shape.Value.Max:N0}{Advice(name)}."
                        )
                    );
                }
            }
        }
    }

    private static string Advice(string name) => name == "class_labels" ? ": write shorter labels, or fewer" : "";
}
