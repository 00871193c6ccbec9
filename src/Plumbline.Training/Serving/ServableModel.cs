using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Training.Serving;

/// <summary>
/// Writes a model that Plumbline's model server serves: <c>model.onnx</c>, and <c>signature.json</c>, which says what
/// comes in and what goes out. Any other library that writes ONNX does as well.
/// </summary>
public static class ServableModel
{
    /// <summary>
    /// Writes a network for rows of numbers: dense layers with a ReLU between them, and a softmax after the last one if
    /// it tells classes apart.
    /// </summary>
    /// <param name="folder">The <see cref="Job.ModelFolder"/>.</param>
    /// <param name="layers">The layers, of which the last has an output for each label, or one for a number.</param>
    /// <param name="labels">The <see cref="Job.Labels"/>; empty for a regression.</param>
    /// <exception cref="ArgumentException">The sizes of layers and labels do not fit.</exception>
    public static void Write(string folder, IReadOnlyList<DenseLayer> layers, IReadOnlyList<string> labels)
    {
        Check(layers, labels);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), OnnxGraph.Of(layers));
        var signature = new JsonObject
        {
            ["input"] = new JsonObject { ["kind"] = "tensor", ["shape"] = new JsonArray(layers[0].Inputs) },
            ["output"] =
                labels.Count == 0
                    ? new JsonObject { ["kind"] = "number" }
                    : new JsonObject { ["kind"] = "logits", ["labels"] = JsonSerializer.SerializeToNode(labels) },
            ["batch"] = new JsonObject { ["max"] = 256 },
        };
        File.WriteAllText(Path.Combine(folder, "signature.json"), signature.ToJsonString() + "\n");
    }

    private static void Check(IReadOnlyList<DenseLayer> layers, IReadOnlyList<string> labels)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            var (inputs, outputs, weights, biases) = layers[i];
            if (weights.Length != inputs * outputs || biases.Length != outputs)
            {
                throw new ArgumentException(
                    $"Layer {i} has {weights.Length} weights and {biases.Length} biases: {inputs} inputs and {outputs} outputs need {inputs * outputs} and {outputs}."
                );
            }

            if (i > 0 && layers[i - 1].Outputs != inputs)
            {
                throw new ArgumentException(
                    $"Layer {i} takes {inputs} inputs, but the layer before it has {layers[i - 1].Outputs} outputs."
                );
            }
        }

        if (layers.Count == 0 || layers[^1].Outputs != Math.Max(1, labels.Count))
        {
            throw new ArgumentException(
                labels.Count == 0
                    ? "The last layer needs one output, the number."
                    : $"The last layer needs an output for each of the {labels.Count} labels, in their order."
            );
        }
    }
}
