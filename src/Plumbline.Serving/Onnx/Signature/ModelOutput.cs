namespace Plumbline.Serving.Onnx.Signature;

/// <summary>The model's output, and how it becomes an answer.</summary>
/// <param name="Name">The output's name in the model; null if the model has only one.</param>
/// <param name="Kind">The meaning of its numbers.</param>
/// <param name="Labels">The classes in the order of the output; empty for a number.</param>
internal sealed record ModelOutput(string? Name, OutputKind Kind, IReadOnlyList<string> Labels)
{
    /// <summary>True if each label is answered on its own, so that an example may have several or none.</summary>
    public bool AreSets => Kind is OutputKind.LabelLogits or OutputKind.LabelProbabilities;

    /// <summary>Turns one row of the output into one probability for each label, or leaves the number.</summary>
    /// <param name="row">One value for each label; of two labels with one output only the first value is set.</param>
    /// <param name="width">The number of values that the model gives.</param>
    public void Finish(Span<float> row, int width)
    {
        if (Kind is OutputKind.Number or OutputKind.LabelProbabilities)
        {
            return;
        }
        if (Kind == OutputKind.LabelLogits)
        {
            foreach (ref var value in row)
            {
                value = Sigmoid(value);
            }
            return;
        }
        if (width == 1)
        {
            // One output of two classes belongs to the second one.
            row[1] = Kind == OutputKind.Logits ? Sigmoid(row[0]) : row[0];
            row[0] = 1 - row[1];
        }
        else if (Kind == OutputKind.Logits)
        {
            Softmax(row);
        }
    }

    private static float Sigmoid(float value) => (float)(1 / (1 + Math.Exp(-value)));

    private static void Softmax(Span<float> row)
    {
        var largest = float.NegativeInfinity;
        foreach (var value in row)
        {
            largest = Math.Max(largest, value);
        }
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += Math.Exp(value - largest);
        }
        foreach (ref var value in row)
        {
            value = (float)(Math.Exp(value - largest) / sum);
        }
    }
}
