using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;

/// <summary>Publishes endpoints' metrics: each civil minute at its end, and also after a quiet second.</summary>
internal sealed class MetricRunner(Dispatcher dispatcher, CivilClock clock, ILogger<MetricRunner> log)
    : BackgroundService
{
    private const int LargestBatch = 500;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);
    private static readonly long QuietAfter = ProcessTime.Clock.TimestampFrequency;

    private readonly ConcurrentDictionary<(string Endpoint, string Variant, string Config), VariantMetrics> variants =
        new();
    private long lastInvocation;

    /// <summary>Returns the counter of a variant and endpoint configuration.</summary>
    public VariantMetrics Of(string endpointName, string variantName, string endpointConfigName) =>
        variants.GetOrAdd(
            (endpointName, variantName, endpointConfigName),
            key => new VariantMetrics(key.Endpoint, key.Variant, key.Config)
        );

    /// <summary>Counts an invocation in the current civil minute.</summary>
    public void Add(VariantMetrics variant, in InvocationOutcome outcome)
    {
        Volatile.Write(ref lastInvocation, ProcessTime.Clock.GetTimestamp());
        variant.Add(CurrentMinute(), outcome);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ProcessTime.Delay(await TryPublishAsync() ? Tick : RetryPause, stoppingToken);
        }
    }

    private long CurrentMinute() => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    private async Task<bool> TryPublishAsync()
    {
        var isQuiet = ProcessTime.Clock.GetTimestamp() - Volatile.Read(ref lastInvocation) >= QuietAfter;
        var published = true;
        foreach (var variant in variants.Values)
        {
            var taken = variant.Take(CurrentMinute(), isQuiet);
            try
            {
                foreach (var batch in taken.SelectMany(minute => MetricData.Of(variant, minute)).Chunk(LargestBatch))
                {
                    await PutAsync(batch);
                }
            }
            catch (Exception exception)
            {
                Log.MetricsNotPut(log, exception.Message);
                variant.GiveBack(taken);
                published = false;
            }
        }

        return published;
    }

    private Task PutAsync(JsonObject[] data) =>
        dispatcher.CallAsync(
            "monitoring",
            "PutMetricData",
            new JsonObject { ["Namespace"] = "AWS/SageMaker", ["MetricData"] = new JsonArray([.. data]) },
            Caller.Root
        );
}
