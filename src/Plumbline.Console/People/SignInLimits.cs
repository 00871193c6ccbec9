using System.Threading.RateLimiting;

namespace Plumbline.WebConsole.People;

/// <summary>
/// How often somebody may fail to sign in: by name and by address, so that neither guessing one password nor many names
/// pays. Tries are looked at one at a time, or a thousand at once would all come before the first failure counts.
/// </summary>
internal sealed class SignInLimits(UserStore users) : IDisposable
{
    private const int ByName = 8;
    private const int ByAddress = 40;

    /// <summary>How long failures count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim one = new(1);
    private readonly PartitionedRateLimiter<string> names = Limiter(ByName);
    private readonly PartitionedRateLimiter<string> addresses = Limiter(ByAddress);

    /// <summary>Looks at a name and a password.</summary>
    /// <returns>Whether the try was looked at, and the user where both are right.</returns>
    public async Task<(bool Allowed, User? User)> TryAsync(
        string name,
        string password,
        string address,
        CancellationToken cancellationToken
    )
    {
        var key = name.ToUpperInvariant();
        await one.WaitAsync(cancellationToken);
        try
        {
            if (!HasRoom(names, key) || !HasRoom(addresses, address))
            {
                return (false, null);
            }

            var user = users.Authenticate(name, password);
            if (user is null)
            {
                names.AttemptAcquire(key).Dispose();
                addresses.AttemptAcquire(address).Dispose();
            }

            return (true, user);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose()
    {
        one.Dispose();
        names.Dispose();
        addresses.Dispose();
    }

    private static bool HasRoom(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key, permitCount: 0);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Limiter(int permits) =>
        PartitionedRateLimiter.Create<string, string>(key =>
            RateLimitPartition.GetFixedWindowLimiter(
                key,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window }
            )
        );
}
