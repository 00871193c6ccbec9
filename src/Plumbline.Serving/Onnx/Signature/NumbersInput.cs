using Plumbline.Tables;

namespace Plumbline.Serving.Onnx.Signature;

/// <summary>An input of float32 numbers: a tensor of a fixed shape, or the encoded cells of a table's row.</summary>
/// <param name="Lengths">The shape of one example.</param>
/// <param name="Encoder">The encoder of a table's rows; null for a tensor.</param>
internal sealed record NumbersInput(IReadOnlyList<int> Lengths, TableEncoder? Encoder) : ModelInput
{
    public override IReadOnlyList<int> Shape => Lengths;
}
