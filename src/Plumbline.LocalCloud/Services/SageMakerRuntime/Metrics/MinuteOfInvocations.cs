namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Metrics;

/// <summary>The invocations of one variant in one minute.</summary>
/// <param name="Minute">Civil minutes since 1970.</param>
internal sealed record MinuteOfInvocations(long Minute)
{
    /// <summary>All of them.</summary>
    public int Count { get; private set; }

    /// <summary>Those that the model answered with 4xx.</summary>
    public int ClientErrors { get; private set; }

    /// <summary>Those that the model answered with 5xx.</summary>
    public int ServerErrors { get; private set; }

    /// <summary>Those whose model did not answer with 2xx.</summary>
    public int ModelErrors { get; private set; }

    /// <summary>How often each time of the model was seen; microseconds, two digits exact, as percentiles need no more.</summary>
    public Dictionary<long, int> ModelLatency { get; } = [];

    /// <summary>The same of what is not the model's time.</summary>
    public Dictionary<long, int> OverheadLatency { get; } = [];

    /// <summary>Counts one.</summary>
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
