using System.Collections.Concurrent;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>
/// Tells who waits for a resource that an event about it was written. It only saves time: who waits also looks from
/// time to time, so that a signal lost (a crash, a change without an event) delays a step and loses nothing.
/// </summary>
public sealed class ResourceSignals : IDisposable
{
    private readonly Database database;
    private readonly EventOutbox outbox;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    // Touched on the database writer's thread only.
    private readonly List<string> added = [];

    public ResourceSignals(Database database, EventOutbox outbox)
    {
        (this.database, this.outbox) = (database, outbox);
        outbox.Added += added.Add;
        database.Committed += Signal;
    }

    /// <summary>Completes with the next event about the resource. Ask before looking at the resource, not after.</summary>
    public Task Next(string arn) =>
        waiting.GetOrAdd(arn, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Nobody waits for the resource any more.</summary>
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
