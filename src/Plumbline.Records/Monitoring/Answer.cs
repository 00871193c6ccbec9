namespace Plumbline.Records.Monitoring;

/// <summary>A model's answer about one row.</summary>
/// <param name="Class">The class index; -1 if the answer does not name one of the labels.</param>
/// <param name="Score">The probability of that class; NaN if the answer has none.</param>
/// <param name="Margin">Its lead over the second class; NaN if unknown. A smaller margin is less certain.</param>
/// <param name="Positive">With two classes, the probability of class 1; NaN if unknown.</param>
public readonly record struct Answer(int Class, float Score, float Margin, float Positive)
{
    /// <summary>The predicted number in a regression, which has no class; NaN in a classification.</summary>
    public double Number { get; init; } = double.NaN;

    /// <summary>False if the answer names neither a label nor a number.</summary>
    public bool IsReadable => Class >= 0 || !double.IsNaN(Number);

    /// <summary>Makes an answer from the predicted number of a regression.</summary>
    public static Answer OfNumber(double? number) =>
        new(-1, float.NaN, float.NaN, float.NaN) { Number = number ?? double.NaN };

    /// <summary>Makes an answer from one probability for each class.</summary>
    public static Answer Of(ReadOnlySpan<float> probabilities)
    {
        var (best, second) = (0, -1);
        for (var c = 1; c < probabilities.Length; c++)
        {
            if (probabilities[c] > probabilities[best])
                (best, second) = (c, best);
            else if (second < 0 || probabilities[c] > probabilities[second])
                second = c;
        }
        return new Answer(best, probabilities[best], probabilities[best] - probabilities[second], probabilities[1]);
    }

    /// <summary>Makes an answer from the probability of class 1 of two.</summary>
    public static Answer Of(float positive) =>
        new(positive > 0.5f ? 1 : 0, Math.Max(positive, 1 - positive), Math.Abs(2 * positive - 1), positive);

    /// <summary>
    /// Makes an answer from a class and its probability; AWS's built-in algorithms give the probability of class 1 of
    /// two.
    /// </summary>
    public static Answer Of(int @class, float score, int classes)
    {
        if (float.IsNaN(score))
            return new Answer(@class, float.NaN, float.NaN, float.NaN);
        if (classes != 2)
            return new Answer(@class, score, score, float.NaN);
        // Our own score belongs to the predicted class. A score under 0.5 can only be the probability of class 1.
        var own = score < 0.5f ? 1 - score : score;
        return new Answer(@class, own, 2 * own - 1, @class == 1 ? own : 1 - own);
    }
}
