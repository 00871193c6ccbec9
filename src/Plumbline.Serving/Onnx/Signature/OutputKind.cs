namespace Plumbline.Serving.Onnx.Signature;

/// <summary>The meaning of a model's output.</summary>
internal enum OutputKind
{
    /// <summary>One value for each class, before softmax; or one value before the sigmoid for two classes.</summary>
    Logits,

    /// <summary>One probability for each class, or that of the second class of two.</summary>
    Probabilities,

    /// <summary>One value for each label on its own, before the sigmoid: an example may have several labels.</summary>
    LabelLogits,

    /// <summary>One probability for each label on its own.</summary>
    LabelProbabilities,

    /// <summary>One number, such as a price.</summary>
    Number,
}
