using System.Threading.RateLimiting;

namespace Plumbline.Console.People;

/// <summary>How often somebody may try to sign in: by name and by address, so that neither guessing one password nor many names pays.</summary>
internal sealed class SignInLimits : IDisposable
{
    private const int ByName = 8;
    private const int ByAddress = 40;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly PartitionedRateLimiter<string> names = Limiter(ByName);
    private readonly PartitionedRateLimiter<string> addresses = Limiter(ByAddress);

    /// <summary>How long to wait before the next try; null where this one may go on.</summary>
    public TimeSpan? Wait(string name, string address)
    {
        using var byAddress = addresses.AttemptAcquire(address);
        using var byName = names.AttemptAcquire(name.ToUpperInvariant());
        return byAddress.IsAcquired && byName.IsAcquired ? null : Window;
    }

    public void Dispose()
    {
        names.Dispose();
        addresses.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int permits) =>
        PartitionedRateLimiter.Create<string, string>(key =>
            RateLimitPartition.GetFixedWindowLimiter(
                key,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window }
            )
        );
}
