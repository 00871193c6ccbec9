namespace Plumbline.Cli.Demo;

/// <summary>A sample whose world changes once: <see cref="ShiftStory"/> plays it.</summary>
internal sealed record ShiftSample : DemoSample
{
    /// <summary>One example and many, such as <c>images</c>.</summary>
    public required string Examples { get; init; }

    /// <summary>The change as a headline, such as <c>The scanner is mounted askew</c>.</summary>
    public required string Change { get; init; }

    /// <summary>The changed world in a table's header, such as <c>turned by 30 degrees</c>.</summary>
    public required string Changed { get; init; }

    /// <summary>Traffic like the base data, of which the model should be right.</summary>
    public required DemoPhase Clean { get; init; }

    /// <summary>Traffic after the change, from which the loop learns.</summary>
    public required DemoPhase Drifted { get; init; }

    /// <summary>Later traffic, on which the figure recovers.</summary>
    public required DemoPhase Healed { get; init; }

    /// <summary>Examples like the base data that nobody reviews or trains on: they only measure.</summary>
    public required IReadOnlyList<DemoExample> MeasuringClean { get; init; }

    /// <summary>The same after the change.</summary>
    public required IReadOnlyList<DemoExample> MeasuringDrifted { get; init; }

    /// <summary>The rows of a request that measures; 1 for examples that are not rows.</summary>
    public int MeasuringRows { get; init; } = 1;

    /// <summary>True if a system delivers all truths; false if people review.</summary>
    public bool TruthsAreImported { get; init; }

    public override Task<DemoReport> PlayAsync(DemoActs acts, CancellationToken cancellationToken) =>
        new ShiftStory(this, acts).TellAsync(cancellationToken);
}
