using System.Text.Json.Nodes;

namespace Plumbline.Pipelines.Steps;

/// <summary>Lets a step take the result of an earlier execution with the same arguments.</summary>
/// <param name="Enabled">False runs the step each time.</param>
/// <param name="ExpireAfter">How old the result may be, as an ISO 8601 duration such as <c>P30D</c>.</param>
public sealed record CacheConfig(bool Enabled, string? ExpireAfter = null)
{
    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["Enabled"] = Enabled };
        if (ExpireAfter is not null)
        {
            json["ExpireAfter"] = ExpireAfter;
        }

        return json;
    }
}

/// <summary>When a failed attempt of a step is repeated.</summary>
/// <param name="ExceptionTypes">AWS's types, of <see cref="RetryExceptions"/>.</param>
public sealed record RetryPolicy(params IReadOnlyList<string> ExceptionTypes)
{
    /// <summary>Seconds before the second attempt; at most 43,200.</summary>
    public int IntervalSeconds { get; init; } = 1;

    /// <summary>The factor by which the interval grows with each attempt.</summary>
    public double BackoffRate { get; init; } = 2.0;

    /// <summary>Further attempts, 1 to 20; ignored where <see cref="ExpireAfterMin"/> is set.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Minutes after which no attempt is made, at most 14,400.</summary>
    public int? ExpireAfterMin { get; init; }

    internal JsonObject ToJson() =>
        new()
        {
            ["ExceptionType"] = new JsonArray([.. ExceptionTypes.Select(type => JsonValue.Create(type))]),
            ["IntervalSeconds"] = IntervalSeconds,
            ["BackoffRate"] = BackoffRate,
            [ExpireAfterMin is null ? "MaxAttempts" : "ExpireAfterMin"] = ExpireAfterMin ?? MaxAttempts,
        };
}

/// <summary>AWS's types of failures that a retry policy may name.</summary>
public static class RetryExceptions
{
    public const string ServiceFault = "Step.SERVICE_FAULT";
    public const string Throttling = "Step.THROTTLING";
    public const string JobInternalError = "SageMaker.JOB_INTERNAL_ERROR";
    public const string CapacityError = "SageMaker.CAPACITY_ERROR";
    public const string ResourceLimit = "SageMaker.RESOURCE_LIMIT";
}
