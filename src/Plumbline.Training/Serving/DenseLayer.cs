namespace Plumbline.Training.Serving;

/// <summary>A layer of a network: each output is a bias and the weighted sum of all inputs.</summary>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Outputs">The number of outputs.</param>
/// <param name="Weights">The weights by input, then by output: <c>Inputs x Outputs</c> numbers.</param>
/// <param name="Biases">A number for each output.</param>
public sealed record DenseLayer(int Inputs, int Outputs, float[] Weights, float[] Biases);
