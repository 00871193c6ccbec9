using System.Text.Json.Serialization;

/// <summary>Adam (Kingma and Ba, 2015): a step of each weight by the running mean and variance of its gradient.</summary>
internal sealed class Adam
{
    private const float KeptOfMean = 0.9f;
    private const float KeptOfVariance = 0.999f;

    public Adam(int size) => (Mean, Variance) = (new float[size], new float[size]);

    [JsonConstructor]
    public Adam(float[] mean, float[] variance, int steps) => (Mean, Variance, Steps) = (mean, variance, steps);

    public float[] Mean { get; }

    public float[] Variance { get; }

    public int Steps { get; private set; }

    /// <param name="values">The weights, which change.</param>
    /// <param name="gradients">The sums of the gradients of some rows.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="rows">The number of rows.</param>
    public void Apply(float[] values, float[] gradients, float rate, int rows)
    {
        Steps++;
        var mean = 1 - MathF.Pow(KeptOfMean, Steps);
        var variance = 1 - MathF.Pow(KeptOfVariance, Steps);
        for (var i = 0; i < values.Length; i++)
        {
            var gradient = gradients[i] / rows;
            Mean[i] = KeptOfMean * Mean[i] + (1 - KeptOfMean) * gradient;
            Variance[i] = KeptOfVariance * Variance[i] + (1 - KeptOfVariance) * gradient * gradient;
            values[i] -= rate * (Mean[i] / mean) / (MathF.Sqrt(Variance[i] / variance) + 1e-8f);
        }
    }
}
