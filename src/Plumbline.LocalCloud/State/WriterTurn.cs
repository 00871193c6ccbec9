namespace Plumbline.LocalCloud.State;

/// <summary>The writes that share one transaction, and how far the writer is with them.</summary>
/// <param name="Writes">In their order.</param>
internal sealed record WriterTurn(IReadOnlyList<Write> Writes)
{
    private const int Open = 0;
    private const int Committing = 1;
    private const int Refused = 2;

    private volatile Write? current;
    private int state;

    /// <summary>Since when, by the process's clock.</summary>
    public long Since { get; } = Time.ProcessTime.Clock.GetTimestamp();

    /// <summary>The change that is being made.</summary>
    public string Operation => current?.Name ?? "the commit";

    /// <summary>Remembers the change that is made now; null before the commit.</summary>
    public void Begin(Write? write) => current = write;

    /// <summary>False where the callers were told that nothing is kept: then nothing may be.</summary>
    public bool TryCommit() => Interlocked.CompareExchange(ref state, Committing, Open) == Open;

    /// <summary>False where the commit has begun: nobody can say any more that nothing is kept.</summary>
    public bool TryRefuse() => Interlocked.CompareExchange(ref state, Refused, Open) == Open;
}
