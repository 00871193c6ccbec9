using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Plumbline.Serving.Onnx.Signature;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Onnx;

/// <summary>Compares a model with its signature. Each message names the file and both shapes.</summary>
internal static class SignatureCheck
{
    /// <summary>Returns the name and type of the model's input.</summary>
    /// <exception cref="InputException">The signature does not fit the input.</exception>
    public static (string Name, TensorElementType Type) Input(InferenceSession session, ModelInput input)
    {
        var (name, model) = Find(session.InputMetadata, input.Name, "input");
        if (session.InputMetadata.Count > 1)
        {
            throw Wrong(
                $"it takes {session.InputMetadata.Count} inputs ({Names(session.InputMetadata)}): only one is supported"
            );
        }
        var type = input switch
        {
            ImageInput { IsBytes: true } => TensorElementType.UInt8,
            TextInput => TensorElementType.String,
            _ => TensorElementType.Float,
        };
        var isSame =
            model is { IsTensor: true, Dimensions: { Length: > 0 } lengths }
            && model.ElementDataType == type
            && lengths.Length == input.Shape.Count + 1
            && lengths.Skip(1).Zip(input.Shape).All(pair => pair.First < 0 || pair.First == pair.Second);
        return isSame
            ? (name, type)
            : throw Wrong(
                $"it takes '{name}' {Shown(model)}, and {ModelSignature.FileName} makes {Word(type)} [{string.Join(", ", input.Shape.Select(length => $"{length}").Prepend("batch"))}]"
            );
    }

    /// <summary>Returns the name of the model's output, and the number of its values for each example.</summary>
    /// <exception cref="InputException">The signature does not fit the output.</exception>
    public static (string Name, int Width) Output(InferenceSession session, ModelOutput output)
    {
        var (name, model) = Find(session.OutputMetadata, output.Name, "output");
        if (!model.IsTensor || model.ElementDataType != TensorElementType.Float)
        {
            throw Wrong($"it gives '{name}' {Shown(model)}: only a float32 tensor is supported");
        }
        var labels = output.Labels.Count;
        var shape = model.Dimensions.Skip(1).ToList();
        // The length is known after the first run only if the model does not tell it.
        var width = shape.Any(length => length < 0) ? Math.Max(1, labels) : shape.Aggregate(1, (all, one) => all * one);
        var isSame = width == Math.Max(1, labels) || (width == 1 && labels == 2 && !output.AreSets);
        return isSame
            ? (name, width)
            : throw Wrong(
                labels == 0
                    ? $"it gives '{name}' {Shown(model)}, and {ModelSignature.FileName} says one number"
                    : $"it gives '{name}' {Shown(model)}, and {ModelSignature.FileName} names {labels} labels"
            );
    }

    /// <summary>Returns the most examples of one run: those of the signature, or 1 if the model takes one only.</summary>
    /// <exception cref="InputException">The model takes another fixed number of examples.</exception>
    public static int Batch(InferenceSession session, string name, BatchLimits limits)
    {
        var batch = session.InputMetadata[name].Dimensions[0];
        return batch switch
        {
            < 0 => limits.Max,
            1 when limits == BatchLimits.Usual || limits.Max == 1 => 1,
            _ => throw Wrong(
                $"it takes exactly {batch} examples at once: export it with a dynamic batch"
                    + (batch == 1 ? $", or write \"batch\": {{\"max\": 1}} into {ModelSignature.FileName}" : "")
            ),
        };
    }

    private static (string Name, NodeMetadata Model) Find(
        IReadOnlyDictionary<string, NodeMetadata> nodes,
        string? name,
        string what
    )
    {
        if (name is null)
        {
            return nodes.Count == 1
                ? nodes.Select(node => (node.Key, node.Value)).Single()
                : throw new InputException(
                    ModelSignature.FileName,
                    $"{what}.name is missing: {OnnxModel.FileName} has {nodes.Count} {what}s ({Names(nodes)})"
                );
        }
        return nodes.TryGetValue(name, out var node)
            ? (name, node)
            : throw new InputException(
                ModelSignature.FileName,
                $"{what}.name is '{name}': {OnnxModel.FileName} has {Names(nodes)}"
            );
    }

    private static string Names(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        string.Join(", ", nodes.Keys.Select(name => $"'{name}'"));

    private static string Shown(NodeMetadata model) =>
        model.IsTensor
            ? $"{Word(model.ElementDataType)} [{string.Join(", ", model.Dimensions.Select((length, i) => length >= 0 ? $"{length}" : i == 0 ? "batch" : "any"))}]"
            : $"{model.OnnxValueType}";

    private static string Word(TensorElementType type) =>
        type == TensorElementType.Float ? "float32" : type.ToString().ToLowerInvariant();

    private static InputException Wrong(string reason) => new(OnnxModel.FileName, reason);
}
