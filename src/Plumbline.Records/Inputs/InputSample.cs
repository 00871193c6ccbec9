using Plumbline.Records.Statistics;

namespace Plumbline.Records.Inputs;

/// <summary>
/// Figures of some inputs that are contents: a sample of a data set version's training examples
/// (<see cref="Layout.InputReference"/>), or of the predictions in a window (<see cref="Layout.InputsNow"/>). They show
/// drift before any truth is known.
/// </summary>
public sealed record InputSample
{
    /// <summary>The number of inputs in a sample, which bounds its cost.</summary>
    public const int Most = 200;

    /// <summary>The number of texts beside the sample whose words make <see cref="Vocabulary"/>.</summary>
    public const int MostForVocabulary = 600;

    public required IReadOnlyList<SampledInput> Inputs { get; init; }

    /// <summary>The words of other training texts, by <see cref="TextFigures.Words"/>; empty for images.</summary>
    public IReadOnlyList<uint> Vocabulary { get; init; } = [];

    /// <summary>Compares a sample of production with this sample of the training, figure by figure.</summary>
    /// <returns>The shift of each figure by its name, and of the labels.</returns>
    public IReadOnlyList<(string Name, Shift Shift)> Compare(InputSample now)
    {
        var vocabulary = Vocabulary.ToHashSet();
        var names = Inputs.SelectMany(one => one.Figures.Keys).Distinct().ToList();
        var shifts = names
            .Select(name => (name, PopulationStability.Of(Figures(this, name), Figures(now, name))))
            .ToList();
        if (vocabulary.Count > 0)
        {
            shifts.Add(("unknown words", PopulationStability.Of(Unknown(this), Unknown(now))));
        }

        if (Labels(this) is { Count: > 0 } truths && Labels(now) is { Count: > 0 } predicted)
        {
            shifts.Add(("predicted label", PopulationStability.OfNames(truths, predicted)));
        }

        return shifts;

        List<float> Unknown(InputSample sample) =>
            [
                .. sample
                    .Inputs.Where(one => one.Words.Count > 0)
                    .Select(one => one.Words.Count(word => !vocabulary.Contains(word)) / (float)one.Words.Count),
            ];
    }

    private static List<float> Figures(InputSample sample, string name) =>
        [.. sample.Inputs.Select(one => one.Figures.GetValueOrDefault(name, float.NaN))];

    private static List<string> Labels(InputSample sample) =>
        [.. sample.Inputs.Select(one => one.Label).OfType<string>()];
}

/// <summary>The figures of one input.</summary>
public sealed record SampledInput
{
    /// <summary>The truth of a training example, or the label that the model predicted; null if neither is known.</summary>
    public string? Label { get; init; }

    /// <summary>The probability of the predicted label; null for a training example, or if the model gave none.</summary>
    public float? Score { get; init; }

    /// <summary>By names such as <c>brightness</c>; a content that cannot be read has none.</summary>
    public required IReadOnlyDictionary<string, float> Figures { get; init; }

    /// <summary>The different words of a text, by <see cref="TextFigures.Words"/>.</summary>
    public IReadOnlyList<uint> Words { get; init; } = [];
}
