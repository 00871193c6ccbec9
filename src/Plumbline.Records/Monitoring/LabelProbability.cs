namespace Plumbline.Records.Monitoring;

/// <summary>A label and its probability.</summary>
/// <param name="Label">One of the project's labels.</param>
/// <param name="Probability">The model's probability for it, in [0, 1], to six places.</param>
public sealed record LabelProbability(string Label, double Probability)
{
    /// <summary>The most labels shown to a person: more are hard to compare, and one hand reaches five keys.</summary>
    public const int Most = 5;

    /// <summary>The most probable labels, most probable first.</summary>
    /// <param name="labels">By class index.</param>
    /// <param name="probabilities">One for each label.</param>
    public static IReadOnlyList<LabelProbability> Likeliest(
        IReadOnlyList<string> labels,
        IReadOnlyList<float> probabilities
    ) =>
        [
            .. Enumerable
                .Range(0, labels.Count)
                .OrderByDescending(c => probabilities[c])
                .Take(Most)
                .Select(c => new LabelProbability(labels[c], Math.Round(probabilities[c], 6))),
        ];
}
