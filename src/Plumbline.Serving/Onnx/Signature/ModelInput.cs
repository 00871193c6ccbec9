namespace Plumbline.Serving.Onnx.Signature;

/// <summary>The model's input, and how a request becomes it.</summary>
internal abstract record ModelInput
{
    /// <summary>The input's name in the model; null if the model has only one.</summary>
    public string? Name { get; init; }

    /// <summary>The shape of one example, without the batch.</summary>
    public abstract IReadOnlyList<int> Shape { get; }

    /// <summary>The number of values of one example.</summary>
    public int Values => Shape.Aggregate(1, (product, length) => product * length);
}
