namespace Plumbline.Records.Quality;

/// <summary>Counts of rows by class: as truth, as prediction, and as both.</summary>
internal sealed class ClassCounts(int classes)
{
    private readonly long[] actual = new long[classes];
    private readonly long[] predicted = new long[classes];
    private readonly long[] right = new long[classes];

    public void Add(in JudgedRow row, int times)
    {
        var (truth, answer) = ((int)row.Actual, (int)row.Predicted);
        actual[truth] += times;
        predicted[answer] += times;
        if (truth == answer)
            right[truth] += times;
    }

    /// <summary>The share of right predictions; NaN without rows.</summary>
    public double Accuracy() => actual.Sum() is > 0 and var rows ? right.Sum() / (double)rows : double.NaN;

    /// <summary>The mean recall of the classes that occur.</summary>
    public double BalancedAccuracy() => Mean(c => actual[c] > 0, c => right[c] / (double)actual[c]);

    /// <summary>The mean F1 of the classes that occur as truth or as prediction.</summary>
    public double MacroF1() => Mean(c => actual[c] + predicted[c] > 0, F1);

    /// <summary>The F1 of one class; 0 if the class does not occur.</summary>
    public double F1(int c) => actual[c] + predicted[c] is > 0 and var all ? 2 * right[c] / (double)all : 0;

    private double Mean(Func<int, bool> occurs, Func<int, double> of)
    {
        var (sum, count) = (0.0, 0);
        for (var c = 0; c < actual.Length; c++)
        {
            if (!occurs(c))
                continue;
            sum += of(c);
            count++;
        }
        return count == 0 ? double.NaN : sum / count;
    }
}
