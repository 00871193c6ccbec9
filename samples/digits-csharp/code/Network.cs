using System.Text.Json;
using Plumbline.Training;
using Plumbline.Training.Serving;

/// <summary>A network with one hidden layer, which learns by Adam.</summary>
internal sealed class Network
{
    private const string FileName = "network.json";

    private readonly DenseLayer[] layers;
    private readonly Adam[] steps;

    private Network(State state)
    {
        layers = state.Layers;
        steps = state.Steps;
    }

    /// <summary>Draws the weights. The inputs are divided by their maximum, which the first layer learns to undo.</summary>
    public static Network Create(int inputs, int hidden, int labels, float maximum, int seed)
    {
        var random = new Random(seed);
        DenseLayer Draw(int from, int to, float scale) =>
            new(
                from,
                to,
                [.. Enumerable.Range(0, from * to).Select(_ => (random.NextSingle() * 2 - 1) * scale)],
                new float[to]
            );
        DenseLayer[] layers =
        [
            Draw(inputs, hidden, MathF.Sqrt(6f / inputs) / maximum),
            Draw(hidden, labels, MathF.Sqrt(6f / hidden)),
        ];
        return new Network(
            new State(
                layers,
                [.. layers.SelectMany(layer => (Adam[])[new(layer.Weights.Length), new(layer.Biases.Length)])]
            )
        );
    }

    public static Network Parse(byte[] content) => new(JsonSerializer.Deserialize<State>(content)!);

    public static Network Load(string folder) => Parse(File.ReadAllBytes(Path.Combine(folder, FileName)));

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new State(layers, steps));

    /// <summary>Writes the model for the server, and the state from which a later training continues.</summary>
    public void Save(string folder, IReadOnlyList<string> labels)
    {
        ServableModel.Write(folder, layers, labels);
        File.WriteAllBytes(Path.Combine(folder, FileName), ToBytes());
    }

    public double Accuracy(IReadOnlyList<LabelledRow> rows) =>
        rows.Count == 0 ? 0 : (double)rows.Count(row => Best(Forward(row.Features).Answer) == row.Label) / rows.Count;

    /// <summary>Changes the weights by the mean gradient of some rows, and returns their mean loss.</summary>
    public double Learn(LabelledRow[] batch, float rate)
    {
        float[][] gradients =
        [
            .. layers.SelectMany(layer => (float[][])[new float[layer.Weights.Length], new float[layer.Biases.Length]]),
        ];
        var loss = 0.0;
        foreach (var row in batch)
        {
            var (hidden, answer) = Forward(row.Features);
            loss -= Math.Log(Math.Max(answer[row.Label], 1e-12));
            // The gradient of the loss by the logits.
            answer[row.Label] -= 1;
            var back = Add(layers[1], hidden, answer, gradients[2], gradients[3]);
            for (var i = 0; i < back.Length; i++)
            {
                back[i] = hidden[i] > 0 ? back[i] : 0;
            }

            Add(layers[0], row.Features, back, gradients[0], gradients[1]);
        }

        for (var i = 0; i < steps.Length; i++)
        {
            var values = i % 2 == 0 ? layers[i / 2].Weights : layers[i / 2].Biases;
            steps[i].Apply(values, gradients[i], rate, batch.Length);
        }

        return loss / batch.Length;
    }

    private (float[] Hidden, float[] Answer) Forward(float[] features)
    {
        var hidden = Sum(layers[0], features);
        for (var i = 0; i < hidden.Length; i++)
        {
            hidden[i] = MathF.Max(hidden[i], 0);
        }

        var answer = Sum(layers[1], hidden);
        var most = answer.Max();
        var all = 0f;
        for (var i = 0; i < answer.Length; i++)
        {
            all += answer[i] = MathF.Exp(answer[i] - most);
        }

        for (var i = 0; i < answer.Length; i++)
        {
            answer[i] /= all;
        }

        return (hidden, answer);
    }

    private static int Best(float[] answer) => Array.IndexOf(answer, answer.Max());

    private static float[] Sum(DenseLayer layer, float[] inputs)
    {
        var sums = (float[])layer.Biases.Clone();
        for (var i = 0; i < layer.Inputs; i++)
        {
            for (var o = 0; o < layer.Outputs; o++)
            {
                sums[o] += inputs[i] * layer.Weights[i * layer.Outputs + o];
            }
        }

        return sums;
    }

    /// <summary>Adds a row's gradients of a layer, and returns the gradient by the layer's inputs.</summary>
    private static float[] Add(DenseLayer layer, float[] inputs, float[] outputs, float[] weights, float[] biases)
    {
        var back = new float[layer.Inputs];
        for (var i = 0; i < layer.Inputs; i++)
        {
            for (var o = 0; o < layer.Outputs; o++)
            {
                weights[i * layer.Outputs + o] += inputs[i] * outputs[o];
                back[i] += layer.Weights[i * layer.Outputs + o] * outputs[o];
            }
        }

        for (var o = 0; o < layer.Outputs; o++)
        {
            biases[o] += outputs[o];
        }

        return back;
    }

    private sealed record State(DenseLayer[] Layers, Adam[] Steps);
}
