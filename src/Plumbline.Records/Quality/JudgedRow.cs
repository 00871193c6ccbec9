namespace Plumbline.Records.Quality;

/// <summary>A truth and the prediction for it.</summary>
/// <param name="Actual">The class index of the truth; in a regression, the true number.</param>
/// <param name="Predicted">The predicted class index or number.</param>
/// <param name="Positive">The probability of class 1; NaN if unknown.</param>
/// <param name="OfTruth">The probability that the model gave to the true class; NaN if unknown.</param>
public readonly record struct JudgedRow(
    double Actual,
    double Predicted,
    double Positive = double.NaN,
    double OfTruth = double.NaN
)
{
    /// <summary>
    /// The labels of truth and answer in <c>task: multi-label</c>, else null. There, and in <c>task: custom</c>, the truth
    /// counts as 0 and the answer is the loss: the distance from the truth.
    /// </summary>
    public LabelSets? Sets { get; init; }
}
