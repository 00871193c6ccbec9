namespace Plumbline.Testing;

/// <summary>A clock that stands still until a test moves it.</summary>
/// <param name="now">The time that it shows at first.</param>
public sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
