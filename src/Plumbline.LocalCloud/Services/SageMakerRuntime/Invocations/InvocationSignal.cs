using System.Diagnostics.Metrics;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Invocations;

/// <summary>The count and the duration of invocations, by endpoint and variant.</summary>
internal static class InvocationSignal
{
    private static readonly Counter<long> Invocations = Signals.Meter.CreateCounter<long>(
        "plumbline.endpoint.invocations",
        "{invocation}",
        "Invocations of endpoints"
    );

    private static readonly Histogram<double> Duration = Signals.Durations(
        "plumbline.endpoint.invocation.duration",
        "Duration of invocations, from the caller's request until the answer to the caller"
    );

    /// <summary>Records an invocation that reached a variant.</summary>
    public static void Add(VariantMetrics variant, in InvocationOutcome outcome)
    {
        if (!Invocations.Enabled && !Duration.Enabled)
        {
            return;
        }

        KeyValuePair<string, object?> endpoint = new("plumbline.endpoint", variant.EndpointName);
        KeyValuePair<string, object?> name = new("plumbline.variant", variant.VariantName);
        KeyValuePair<string, object?> status = new("plumbline.model.status", outcome.Status);
        Invocations.Add(1, endpoint, name, status);
        Duration.Record(outcome.Total.TotalSeconds, endpoint, name, status);
    }
}
