namespace Plumbline.Testing;

/// <summary>A clock that stands, or that a test moves.</summary>
/// <param name="now">Where it stands.</param>
public sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>What it shows.</summary>
    public DateTimeOffset Now { get; set; } = now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
