namespace Plumbline.Serving.Onnx.Signature;

/// <summary>An input of one text for each example, for a model that splits it into words by itself.</summary>
/// <param name="Lengths">The shape of one example: empty for [batch], 1 for [batch, 1].</param>
internal sealed record TextInput(IReadOnlyList<int> Lengths) : ModelInput
{
    public override IReadOnlyList<int> Shape => Lengths;
}
