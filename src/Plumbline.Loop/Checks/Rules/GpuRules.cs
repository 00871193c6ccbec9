using System.Globalization;
using Plumbline.Aws.Instances;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about GPUs that are asked for but missing, and GPUs that are paid for but not used.</summary>
internal static class GpuRules
{
    public static IEnumerable<Problem> NoGpu(CheckSubject subject)
    {
        foreach (var step in OfXGBoost(subject))
        {
            if (Asked(step) is { } asked && Type(step) is { Gpus: 0 } type)
            {
                var place = subject.InstancePlace(step);
                var what = $"training asks for a GPU ({asked}) and {type.Name} has none";
                yield return step.Image is { IsPlumblines: true }
                    ? Problem.Warning(place, $"{what}: hist trains on its CPUs instead.")
                    : Problem.Error(place, $"{what}: XGBoost ends with an error.");
            }
        }
    }

    public static IEnumerable<Problem> CpuOnlyImage(CheckSubject subject)
    {
        foreach (var step in subject.Jobs)
        {
            if (step.Image is { IsCpuOnly: true } image && Type(step) is { Gpus: > 0 } type)
            {
                var since = image.IsBuiltInXGBoost ? " (AWS's XGBoost trains on GPUs from 1.2 on)" : "";
                yield return Problem.Warning(
                    subject.InstancePlace(step),
                    $"{image} has no GPU code{since}, so the {type.GpuWords} of {type.Name} are paid for but idle."
                );
            }
        }
    }

    public static IEnumerable<Problem> IdleGpu(CheckSubject subject)
    {
        foreach (var step in OfXGBoost(subject))
        {
            if (!IsXGBoost(step) || step.Image!.IsCpuOnly || Type(step) is not { Gpus: > 0 } type)
            {
                continue;
            }

            if (Asked(step) is null)
            {
                yield return Problem.Note(
                    subject.InstancePlace(step),
                    $"no hyperparameter asks XGBoost for a GPU (tree_method gpu_hist does), so the {type.GpuWords} of "
                        + $"{type.Name} stay idle{Price(type)}."
                );
            }
            else if (type.Gpus > 1 && !XGBoostRules.IsDask(step))
            {
                yield return Problem.Note(
                    subject.InstancePlace(step),
                    $"XGBoost trains on one of the {type.GpuWords} of {type.Name}: "
                        + (step.Image.IsPlumblines ? "one is enough." : "all of them need use_dask_gpu_training.")
                );
            }
        }
    }

    /// <summary>The trainings, without those of a project's own C# program, which runs in Plumbline's image, too.</summary>
    private static IEnumerable<CheckedStep> OfXGBoost(CheckSubject subject) =>
        subject.Project?.Training.IsDotnet() == true ? [] : subject.Trainings;

    private static bool IsXGBoost(CheckedStep step) =>
        step.Image is { } image && (image.IsBuiltInXGBoost || image.IsPlumblines);

    private static string? Asked(CheckedStep step) =>
        step.Text("HyperParameters.tree_method") == "gpu_hist" ? "tree_method gpu_hist"
        : step.Text("HyperParameters.device") is { } device
        && (device.StartsWith("cuda", StringComparison.Ordinal) || device == "gpu")
            ? $"device {device}"
        : null;

    private static InstanceType? Type(CheckedStep step) =>
        step.InstanceType is { } name ? InstanceTypes.Find(name) : null;

    private static string Price(InstanceType type) =>
        type.DollarsPerHour is { } price ? string.Create(CultureInfo.InvariantCulture, $" at ${price} an hour") : "";
}
