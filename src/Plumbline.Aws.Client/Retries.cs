using Plumbline.Aws.Errors;
using Polly;
using Polly.Retry;

namespace Plumbline.Aws.Client;

/// <summary>
/// AWS's "standard" retry mode: retries throttling, transient failures and lost connections after growing random waits.
/// </summary>
internal static class Retries
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private static readonly HashSet<string> Codes =
    [
        // throttling
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottledException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException",
        "TransactionInProgressException",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "LimitExceededException",
        "RequestThrottled",
        "SlowDown",
        "PriorRequestNotComplete",
        // transient
        "RequestTimeout",
        "RequestTimeoutException",
        "ConnectionError",
    ];

    public static ResiliencePipeline Standard(int maxAttempts, TimeProvider clock)
    {
        if (maxAttempts <= 1)
        {
            return ResiliencePipeline.Empty;
        }

        var options = new RetryStrategyOptions
        {
            MaxRetryAttempts = maxAttempts - 1,
            ShouldHandle = arguments =>
                ValueTask.FromResult(arguments.Outcome.Exception is AwsException error && Passes(error)),
            DelayGenerator = static arguments => ValueTask.FromResult<TimeSpan?>(Wait(arguments.AttemptNumber)),
        };
        return new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(options)
            .Build();
    }

    /// <summary>True if the same call may succeed in a moment.</summary>
    public static bool Passes(AwsException error) =>
        Codes.Contains(error.Code) || error.Status is 500 or 502 or 503 or 504;

    /// <summary>A random wait of up to 1, 2, 4, ... seconds, at most 20.</summary>
    private static TimeSpan Wait(int attempt)
    {
#pragma warning disable CA5394 // jitter needs no secrecy
        var seconds = Random.Shared.NextDouble() * Math.Pow(2, attempt);
#pragma warning restore CA5394
        return seconds < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestWait;
    }
}
