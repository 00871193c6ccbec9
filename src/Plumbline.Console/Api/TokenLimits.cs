using System.Threading.RateLimiting;

namespace Plumbline.WebConsole.Api;

/// <summary>Limits the requests of each token.</summary>
internal sealed class TokenLimits : IDisposable
{
    /// <summary>The requests of a token in a minute.</summary>
    public const int Requests = 120;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> requests = PartitionedRateLimiter.Create<string, string>(token =>
        RateLimitPartition.GetFixedWindowLimiter(
            token,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = Requests, Window = Window }
        )
    );

    /// <summary>Counts a request of a token.</summary>
    /// <returns>The seconds to wait if the token has used its requests; otherwise null.</returns>
    public int? Take(string token)
    {
        using var lease = requests.AttemptAcquire(token);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? (int)Math.Ceiling(wait.TotalSeconds)
            : (int)Window.TotalSeconds;
    }

    public void Dispose() => requests.Dispose();
}
