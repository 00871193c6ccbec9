namespace Plumbline.Records.Statistics;

/// <summary>
/// McNemar's test for two models on the same rows. Only rows on which exactly one model is right count. If the models
/// were equally good, each such row would be like a fair coin.
/// </summary>
public static class McNemar
{
    /// <summary>The two-sided exact conditional p-value; it is conservative for few rows.</summary>
    /// <param name="first">Rows on which only the first model is right.</param>
    /// <param name="second">Rows on which only the second model is right.</param>
    public static double Exact(long first, long second) => Math.Min(1, 2 * Tail(first, second).Cumulative);

    /// <summary>
    /// The two-sided mid-p-value: the exact one minus the probability of the observed result. It keeps its level nearly
    /// everywhere and has more power (Fagerland, Lydersen, Laake 2013, who recommend it).
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
        // Go down from the largest term, each a fraction of the previous one: this needs logarithms only once.
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
