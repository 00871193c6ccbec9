namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Metrics;

/// <summary>The outcome of an invocation.</summary>
/// <param name="Status">The model's status; 0 where it gave none, 503 where there was no model server.</param>
/// <param name="ModelFailed">The model answered with no 2xx, or not at all.</param>
/// <param name="ModelLatency">From the request to the model to its answer; null where the model was not asked.</param>
/// <param name="Total">From the caller's request to the answer to it.</param>
internal readonly record struct InvocationOutcome(int Status, bool ModelFailed, TimeSpan? ModelLatency, TimeSpan Total);

/// <summary>Counts a variant's invocations, a civil minute at a time, until they are taken to be published.</summary>
/// <param name="EndpointName">The endpoint.</param>
/// <param name="VariantName">The variant.</param>
/// <param name="EndpointConfigName">The configuration whose fleet answers: an update has two.</param>
internal sealed record VariantMetrics(string EndpointName, string VariantName, string EndpointConfigName)
{
    private readonly Lock gate = new();
    private readonly List<MinuteOfInvocations> minutes = [];

    /// <summary>Counts an invocation.</summary>
    /// <param name="minute">Civil minutes since 1970.</param>
    /// <param name="outcome">What became of it.</param>
    public void Add(long minute, in InvocationOutcome outcome)
    {
        lock (gate)
        {
            if (minutes.Count == 0 || minutes[^1].Minute != minute)
            {
                minutes.Add(new MinuteOfInvocations(minute));
            }

            minutes[^1].Add(outcome);
        }
    }

    /// <summary>Takes the counts of minutes that are over, or all where the endpoint is quiet.</summary>
    public IReadOnlyList<MinuteOfInvocations> Take(long currentMinute, bool isQuiet)
    {
        lock (gate)
        {
            if (minutes.Count == 0 || (!isQuiet && minutes[^1].Minute == currentMinute && minutes.Count == 1))
            {
                return [];
            }

            var count = isQuiet || minutes[^1].Minute != currentMinute ? minutes.Count : minutes.Count - 1;
            var taken = minutes.GetRange(0, count);
            minutes.RemoveRange(0, count);
            return taken;
        }
    }

    /// <summary>Gives back what could not be published.</summary>
    public void GiveBack(IReadOnlyList<MinuteOfInvocations> taken)
    {
        lock (gate)
        {
            minutes.InsertRange(0, taken);
        }
    }
}
