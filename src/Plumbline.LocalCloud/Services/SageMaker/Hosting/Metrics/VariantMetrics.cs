namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;

/// <summary>The outcome of an invocation.</summary>
/// <param name="Status">
/// The model's HTTP status; 0 without a valid answer, 503 if the model server was not reachable.
/// </param>
/// <param name="ModelFailed">True unless the model answered with 2xx.</param>
/// <param name="ModelLatency">The time from the request to the model until its answer; null without an answer.</param>
/// <param name="Total">The time from the caller's request until the answer to the caller.</param>
internal readonly record struct InvocationOutcome(int Status, bool ModelFailed, TimeSpan? ModelLatency, TimeSpan Total);

/// <summary>Counts a variant's invocations by civil minute, until they are taken and published.</summary>
/// <param name="EndpointName">The endpoint.</param>
/// <param name="VariantName">The variant.</param>
/// <param name="EndpointConfigName">
/// The configuration whose fleet answers; during an update there are two fleets.
/// </param>
internal sealed record VariantMetrics(string EndpointName, string VariantName, string EndpointConfigName)
{
    private readonly Lock gate = new();
    private readonly List<MinuteOfInvocations> minutes = [];

    /// <param name="minute">Civil minutes since 1970.</param>
    /// <param name="outcome">The invocation's outcome.</param>
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

    /// <summary>Removes and returns the counts of past minutes, or of all minutes if the endpoint is quiet.</summary>
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

    /// <summary>Puts minutes back that could not be published.</summary>
    public void GiveBack(IReadOnlyList<MinuteOfInvocations> taken)
    {
        lock (gate)
        {
            minutes.InsertRange(0, taken);
        }
    }
}
