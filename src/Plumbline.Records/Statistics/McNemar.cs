namespace Plumbline.Records.Statistics;

/// <summary>
/// McNemar's test for two models on the same rows: only the rows on which exactly one of them is right say anything,
/// and if the models were equally good each such row would be a fair coin.
/// </summary>
public static class McNemar
{
    /// <summary>Two-sided exact conditional p-value; conservative with few rows.</summary>
    /// <param name="first">Rows that only the first model has right.</param>
    /// <param name="second">Rows that only the second model has right.</param>
    public static double Exact(long first, long second) => Math.Min(1, 2 * Tail(first, second).Cumulative);

    /// <summary>
    /// Two-sided mid-p-value: the exact one less the probability of what was seen. Holds its level nearly everywhere and
    /// has more power (Fagerland, Lydersen, Laake 2013, who advise it).
    /// </summary>
    /// <inheritdoc cref="Exact"/>
    public static double MidP(long first, long second)
    {
        if (first == second)
            return 1;
        var (cumulative, point) = Tail(first, second);
        return Math.Min(1, 2 * cumulative - point);
    }

    /// <summary>P(X &lt;= smaller) and P(X = smaller) for X ~ Binomial(first + second, 1/2).</summary>
    private static (double Cumulative, double Point) Tail(long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(second);
        var n = first + second;
        var smaller = Math.Min(first, second);
        // Downwards from the largest term, each a fraction of the one before: logarithms only once.
        var point = Math.Exp(LogChoose(n, smaller) - n * Math.Log(2));
        var cumulative = 0.0;
        var term = point;
        for (var k = smaller; k >= 0 && term > cumulative * 1e-17; k--)
        {
            cumulative += term;
            term *= k / (double)(n - k + 1);
        }
        return (cumulative, point);
    }

    private static double LogChoose(long n, long k)
    {
        var sum = 0.0;
        for (long i = 1; i <= k; i++)
            sum += Math.Log((n - k + i) / (double)i);
        return sum;
    }
}
