using System.Threading.RateLimiting;

namespace Plumbline.WebConsole.People;

/// <summary>
/// Limits failed sign-ins. Failures count by name and place together, so that others' failures elsewhere or with other
/// names lock nobody out. A place that fails with many names has one failure left for each name. A name that fails at
/// many places is open only to devices that it signed in with before. Tries are checked one at a time: a thousand at
/// once would all be checked before the first failure counts.
/// </summary>
internal sealed class SignInLimits(UserStore users) : IDisposable
{
    private const int ByNameAndPlace = 8;
    private const int ByAddress = 40;
    private const int ByName = 64;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim one = new(1);
    private readonly PartitionedRateLimiter<(string Name, string Place)> places = Limiter<(string, string)>(
        ByNameAndPlace
    );
    private readonly PartitionedRateLimiter<string> addresses = Limiter<string>(ByAddress);
    private readonly PartitionedRateLimiter<string> names = Limiter<string>(ByName);

    /// <summary>Checks a name and a password, unless the limits refuse the try.</summary>
    /// <param name="name">As it was typed.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="address">The IP address of the try.</param>
    /// <param name="device">The device's id if this name has signed in with it before; otherwise null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the limits refuse the try; and the user if name and password are right.</returns>
    public async Task<(bool Allowed, User? User)> TryAsync(
        string name,
        string password,
        string address,
        string? device,
        CancellationToken cancellationToken
    )
    {
        var key = name.ToUpperInvariant();
        var place = (key, device ?? address);
        await one.WaitAsync(cancellationToken);
        try
        {
            if (!HasRoom(key, place, address, isKnown: device is not null))
            {
                return (false, null);
            }

            var user = users.Authenticate(name, password);
            if (user is null)
            {
                places.AttemptAcquire(place).Dispose();
                addresses.AttemptAcquire(address).Dispose();
                names.AttemptAcquire(key).Dispose();
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
        places.Dispose();
        addresses.Dispose();
        names.Dispose();
    }

    private bool HasRoom(string name, (string Name, string Place) place, string address, bool isKnown)
    {
        var left = Left(places, place);
        return isKnown
            ? left > 0
            : Left(names, name) > 0 && left > (Left(addresses, address) > 0 ? 0 : ByNameAndPlace - 1);
    }

    private static long Left<TKey>(PartitionedRateLimiter<TKey> limiter, TKey key) =>
        limiter.GetStatistics(key)!.CurrentAvailablePermits;

    private static PartitionedRateLimiter<TKey> Limiter<TKey>(int permits)
        where TKey : notnull =>
        PartitionedRateLimiter.Create<TKey, TKey>(key =>
            RateLimitPartition.GetFixedWindowLimiter(
                key,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window }
            )
        );
}
