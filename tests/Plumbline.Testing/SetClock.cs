namespace Plumbline.Testing;

/// <summary>The machine's clock, which a test can set ahead and back.</summary>
public sealed class SetClock : TimeProvider
{
    private long aheadTicks;

    /// <summary>The difference to the real time.</summary>
    public TimeSpan Ahead
    {
        get => new(Interlocked.Read(ref aheadTicks));
        set => Interlocked.Exchange(ref aheadTicks, value.Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
