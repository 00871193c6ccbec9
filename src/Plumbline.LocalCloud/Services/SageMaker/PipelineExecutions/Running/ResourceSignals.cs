using System.Collections.Concurrent;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>
/// Wakes the waiters of a resource when an event about it was written. Signals only save time: waiters also poll, so a
/// lost signal (a crash, a change without an event) only delays a step.
/// </summary>
internal sealed class ResourceSignals : IDisposable
{
    private readonly Database database;
    private readonly EventOutbox outbox;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    // Used only on the thread of the database writer, so it needs no lock.
    private readonly List<string> added = [];

    public ResourceSignals(Database database, EventOutbox outbox)
    {
        (this.database, this.outbox) = (database, outbox);
        outbox.Added += added.Add;
        database.Committed += Signal;
    }

    /// <summary>
    /// Completes at the next event about the resource. Call this before reading the resource, or an event between the
    /// two is missed.
    /// </summary>
    public Task Next(string arn) =>
        waiting.GetOrAdd(arn, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Ends the wait for the resource.</summary>
    public void Forget(string arn) => waiting.TryRemove(arn, out _);

    /// <inheritdoc/>
    public void Dispose()
    {
        outbox.Added -= added.Add;
        database.Committed -= Signal;
    }

    private void Signal()
    {
        foreach (var arn in added)
        {
            if (waiting.TryRemove(arn, out var signal))
            {
                signal.TrySetResult();
            }
        }

        added.Clear();
    }
}
