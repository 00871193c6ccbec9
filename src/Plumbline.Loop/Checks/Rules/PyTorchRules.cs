using System.Globalization;
using Plumbline.Aws.Instances;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about AWS's PyTorch images.</summary>
internal static class PyTorchRules
{
    public static IEnumerable<Problem> Patches(CheckSubject subject)
    {
        if (
            subject.Project?.Training is not { } training
            || !training.IsPyTorch()
            || training.Image is not null
            || PyTorchVersion.Find(training.Version) is not { } version
        )
        {
            yield break;
        }

        var (place, newest) = (subject.Lines.Of("training.version"), PyTorchVersion.Newest);
        (string What, DateOnly Last)[] patched =
        [
            ("training", version.TrainingPatched),
            .. training.HasHandler() ? [("serving", version.ServingPatched)] : Array.Empty<(string, DateOnly)>(),
        ];
        var ended = string.Join(
            " and ",
            patched
                .Where(one => one.Last < subject.Today)
                .Select(one =>
                    string.Create(CultureInfo.InvariantCulture, $"for {one.What} since {one.Last:yyyy-MM-dd}")
                )
        );
        if (ended.Length == 0)
        {
            yield break;
        }

        var what = $"AWS has stopped patching its images of PyTorch {version.Name}: {ended}.";
        yield return version == newest
            ? Problem.Note(place, $"{what} No newer version has images for both training and serving.")
            : Problem.Warning(place, $"{what} Write version: \"{newest.Name}\", the newest with images for both.");
    }

    public static IEnumerable<Problem> Region(CheckSubject subject)
    {
        if (
            subject is { Project.Training: { } training, Region: { } region }
            && training.IsPyTorch()
            && !PyTorchImages.AreIn(region)
        )
        {
            yield return Problem.Error(
                subject.Lines.Of("training.algorithm"),
                $"AWS is not known to have PyTorch images in {region}: the first training would fail to pull its image. Choose another region."
            );
        }
    }
}
