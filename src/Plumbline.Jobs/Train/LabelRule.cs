using System.Globalization;

namespace Plumbline.Jobs.Train;

/// <summary>Checks the labels for an objective, because libxgboost would fail without naming the row.</summary>
internal static class LabelRule
{
    /// <summary>Returns a check that says what is wrong with a label, or null if the label is valid.</summary>
    public static Func<float, string?> For(string objective, int classes) =>
        objective switch
        {
            "multi:softmax" or "multi:softprob" => label =>
                label >= 0 && label < classes && label == MathF.Floor(label)
                    ? null
                    : $"the label {Text(label)} is not a class: num_class is {classes}, so labels are 0 to {classes - 1}",
            "binary:logistic" or "binary:logitraw" or "binary:hinge" => label =>
                label is 0 or 1 ? null : $"the label {Text(label)} is not 0 or 1, as {objective} needs",
            "reg:logistic" => label =>
                label is >= 0 and <= 1 ? null : $"the label {Text(label)} is not from 0 to 1, as {objective} needs",
            "count:poisson" or "reg:tweedie" => label =>
                label >= 0 ? null : $"the label {Text(label)} is negative, which {objective} cannot learn",
            "reg:gamma" => label => label > 0 ? null : $"the label {Text(label)} is not above 0, as {objective} needs",
            "reg:squaredlogerror" => label =>
                label > -1 ? null : $"the label {Text(label)} is not above -1, as {objective} needs",
            // AWS's image fails as well: its channels have one label per row.
            "survival:aft" => _ =>
                "survival:aft needs a lower and an upper bound of the label, but a row has only one label",
            _ => label => float.IsNaN(label) ? "the label is missing" : null,
        };

    private static string Text(float label) =>
        float.IsNaN(label) ? "(missing)" : label.ToString(CultureInfo.InvariantCulture);
}
