namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;

/// <summary>Counts the invocations of one variant in one minute.</summary>
/// <param name="Minute">Civil minutes since 1970.</param>
internal sealed record MinuteOfInvocations(long Minute)
{
    /// <summary>The number of all invocations.</summary>
    public int Count { get; private set; }

    /// <summary>The invocations that the model answered with 4xx.</summary>
    public int ClientErrors { get; private set; }

    /// <summary>The invocations that the model answered with 5xx.</summary>
    public int ServerErrors { get; private set; }

    /// <summary>The invocations without an answer of 2xx from the model.</summary>
    public int ModelErrors { get; private set; }

    /// <summary>
    /// The number of invocations by the model's time in microseconds, which is rounded down to two digits: enough for
    /// percentiles.
    /// </summary>
    public Dictionary<long, int> ModelLatency { get; } = [];

    /// <summary>The same for the rest of the invocation's time.</summary>
    public Dictionary<long, int> OverheadLatency { get; } = [];

    public void Add(in InvocationOutcome outcome)
    {
        Count++;
        ClientErrors += outcome.Status is >= 400 and < 500 ? 1 : 0;
        ServerErrors += outcome.Status >= 500 ? 1 : 0;
        ModelErrors += outcome.ModelFailed ? 1 : 0;
        if (outcome.ModelLatency is { } model)
        {
            Count1(ModelLatency, model);
            Count1(OverheadLatency, outcome.Total - model);
        }
    }

    private static void Count1(Dictionary<long, int> counts, TimeSpan time)
    {
        var value = Round((long)time.TotalMicroseconds);
        counts[value] = counts.GetValueOrDefault(value) + 1;
    }

    private static long Round(long microseconds)
    {
        var unit = 1L;
        while (microseconds / unit >= 100)
        {
            unit *= 10;
        }

        return microseconds / unit * unit;
    }
}
