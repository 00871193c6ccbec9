namespace Plumbline.Aws.Formats;

/// <summary>Counts of rows by actual and predicted class index.</summary>
public sealed class ConfusionMatrix(int classes)
{
    private readonly long[] counts = new long[classes * classes];

    public int Classes { get; } = classes;

    /// <summary>Rows of one actual class for which the model predicted another, or the same, class.</summary>
    public long this[int actual, int predicted]
    {
        get => counts[actual * Classes + predicted];
        set => counts[actual * Classes + predicted] = value;
    }

    public long Rows => counts.Sum();

    /// <summary>Rows with a correct prediction.</summary>
    public long Correct => Enumerable.Range(0, Classes).Sum(c => this[c, c]);

    public long Actual(int c) => Enumerable.Range(0, Classes).Sum(predicted => this[c, predicted]);

    public long Predicted(int c) => Enumerable.Range(0, Classes).Sum(actual => this[actual, c]);

    /// <summary>The share of correct predictions; 0 without rows.</summary>
    public double Accuracy => Share(Correct, Rows);

    /// <summary>The share of the rows of this class that the model found; 0 without such rows.</summary>
    public double Recall(int c) => Share(this[c, c], Actual(c));

    /// <summary>The share of the rows predicted as this class that belong to it; 0 without such rows.</summary>
    public double Precision(int c) => Share(this[c, c], Predicted(c));

    /// <summary>The weighted harmonic mean of precision and recall of a class.</summary>
    public double F(int c, double beta)
    {
        var (precision, recall, b2) = (Precision(c), Recall(c), beta * beta);
        var below = b2 * precision + recall;
        return below == 0 ? 0 : (1 + b2) * precision * recall / below;
    }

    /// <summary>
    /// The matrix of a model that always answers <paramref name="constant"/>, over the same actual classes.
    /// </summary>
    public ConfusionMatrix Always(int constant)
    {
        var always = new ConfusionMatrix(Classes);
        for (var c = 0; c < Classes; c++)
            always[c, constant] = Actual(c);
        return always;
    }

    /// <summary>The class with the most rows; among equals, the first.</summary>
    public int Majority() => Enumerable.Range(0, Classes).MaxBy(Actual);

    /// <summary>A random sample of the rows without replacement.</summary>
    /// <param name="share">The share of the rows to draw, in (0, 1].</param>
    public ConfusionMatrix Sample(double share, Random random)
    {
        var sample = new ConfusionMatrix(Classes);
        var left = Rows;
        var wanted = (long)(left * share);
        for (var cell = 0; cell < counts.Length; cell++)
        {
            for (long row = 0; row < counts[cell]; row++)
            {
                if (random.NextDouble() * left-- >= wanted)
                    continue;
                sample.counts[cell]++;
                wanted--;
            }
        }
        return sample;
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : part / (double)whole;
}
