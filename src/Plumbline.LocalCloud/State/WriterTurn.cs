using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State;

/// <summary>The writes that share one transaction, and the writer's progress with them.</summary>
/// <param name="Writes">The writes in the order in which they run.</param>
internal sealed record WriterTurn(IReadOnlyList<Write> Writes)
{
    private const int Open = 0;
    private const int Committing = 1;
    private const int Refused = 2;

    private volatile Write? current;
    private int state;

    /// <summary>The start of the turn, as a timestamp of <see cref="Time.ProcessTime.Clock"/>.</summary>
    public long Since { get; } = Time.ProcessTime.Clock.GetTimestamp();

    /// <summary>The name of the change in progress.</summary>
    public string Operation => current?.Name ?? "the commit";

    /// <summary>Sets the change in progress; null for the commit.</summary>
    public void Begin(Write? write) => current = write;

    /// <summary>False if the callers were told that nothing is kept: then the writer must roll back.</summary>
    public bool TryCommit() => Interlocked.CompareExchange(ref state, Committing, Open) == Open;

    /// <summary>False if the commit has begun: then the changes may be kept.</summary>
    public bool TryRefuse() => Interlocked.CompareExchange(ref state, Refused, Open) == Open;
}
