using System.Runtime.InteropServices;

namespace Plumbline.Training.Serving;

/// <summary>
/// Dense layers as an ONNX model. The numbers of the fields are those of onnx.proto
/// (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
/// </summary>
internal static class OnnxGraph
{
    // ONNX 1.10, which every ONNX Runtime since 1.9 reads.
    private const int IrVersion = 8;
    private const int OperatorVersion = 13;
    private const int Float = 1;

    public static byte[] Of(IReadOnlyList<DenseLayer> layers)
    {
        var graph = new ProtobufMessage();
        var value = "input";
        for (var i = 0; i < layers.Count; i++)
        {
            var isLast = i == layers.Count - 1;
            var sum = isLast ? "output" : $"sum{i}";
            graph.Add(1, Node("Gemm", [value, $"weights{i}", $"biases{i}"], sum));
            value = sum;
            if (!isLast)
            {
                value = $"hidden{i}";
                graph.Add(1, Node("Relu", [sum], value));
            }
        }

        graph.Add(2, "network");
        for (var i = 0; i < layers.Count; i++)
        {
            graph.Add(5, Tensor($"weights{i}", layers[i].Weights, layers[i].Inputs, layers[i].Outputs));
            graph.Add(5, Tensor($"biases{i}", layers[i].Biases, layers[i].Outputs));
        }

        graph.Add(11, Value("input", layers[0].Inputs));
        graph.Add(12, Value("output", layers[^1].Outputs));
        return new ProtobufMessage()
            .Add(1, IrVersion)
            .Add(2, "Plumbline.Training")
            .Add(7, graph)
            .Add(8, new ProtobufMessage().Add(2, OperatorVersion))
            .ToArray();
    }

    private static ProtobufMessage Node(string type, IEnumerable<string> inputs, string output)
    {
        var node = new ProtobufMessage();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        return node.Add(2, output).Add(3, output).Add(4, type);
    }

    private static ProtobufMessage Tensor(string name, float[] values, params int[] shape)
    {
        var tensor = new ProtobufMessage();
        foreach (var size in shape)
        {
            tensor.Add(1, size);
        }

        return tensor.Add(2, Float).Add(8, name).Add(9, MemoryMarshal.AsBytes<float>(values));
    }

    /// <summary>An input or output: any number of rows, with so many numbers each.</summary>
    private static ProtobufMessage Value(string name, int width)
    {
        var shape = new ProtobufMessage()
            .Add(1, new ProtobufMessage().Add(2, "rows"))
            .Add(1, new ProtobufMessage().Add(1, width));
        var type = new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, Float).Add(2, shape));
        return new ProtobufMessage().Add(1, name).Add(2, type);
    }
}
