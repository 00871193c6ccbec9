using Plumbline.Aws.Instances;

namespace Plumbline.LocalCloud.Processes.Capacity;

/// <summary>A job's share of this machine's CPUs and GPUs. Disposing gives it back.</summary>
public sealed class Slot : IDisposable
{
    private Action? giveBack;

    internal Slot(int cpus, IReadOnlyList<int> gpus, Action giveBack)
    {
        (Cpus, Gpus) = (cpus, gpus);
        this.giveBack = giveBack;
    }

    /// <summary>CPUs, and so threads, that the job should use.</summary>
    public int Cpus { get; }

    /// <summary>Numbers of the GPUs that are the job's alone.</summary>
    public IReadOnlyList<int> Gpus { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref giveBack, null)?.Invoke();
}

/// <summary>
/// Hands out this machine, first come, first served. A slot is the smaller of the instance type and half of the
/// machine, so that two jobs of a kind can always run at once; on a machine of one CPU they share it. Each kind of
/// job has its own slots: an hourly monitor must not wait for a training of a day.
/// </summary>
public sealed class Slots
{
    private readonly int cpus;
    private readonly int gpus;
    private readonly Lock gate = new();
    private readonly LinkedList<Waiting> queue = [];
    private readonly SortedSet<int> freeGpus;
    private int freeCpus;

    /// <summary>Slots of a machine.</summary>
    /// <param name="cpus">CPUs to hand out.</param>
    /// <param name="gpus">Numbers of the GPUs to hand out.</param>
    public Slots(int cpus, IReadOnlyList<int> gpus)
    {
        (this.cpus, this.gpus) = (Math.Max(2, cpus), gpus.Count);
        (freeCpus, freeGpus) = (this.cpus, [.. gpus]);
    }

    /// <summary>Slots of this machine.</summary>
    public static Slots OfThisMachine() => new(Environment.ProcessorCount, MachineGpus.Numbers());

    /// <summary>The share of a job of an instance type.</summary>
    public (int Cpus, int Gpus) Share(InstanceType type) =>
        (Math.Min(type.Cpus, Half(cpus)), gpus == 0 ? 0 : Math.Min(type.Gpus, Half(gpus)));

    /// <summary>Takes a slot as soon as there is room; null where there is none at once and the caller does not wait.</summary>
    public Slot? TryTake(InstanceType type)
    {
        lock (gate)
        {
            return queue.Count == 0 ? TakeIfFree(Share(type)) : null;
        }
    }

    /// <summary>Waits in line for a slot.</summary>
    public async Task<Slot> TakeAsync(InstanceType type, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(Share(type));
        LinkedListNode<Waiting> place;
        lock (gate)
        {
            place = queue.AddLast(waiting);
            ServeQueue();
        }

        await using var registration = cancellationToken.Register(() => Leave(place, cancellationToken));
        return await waiting.Served.Task;
    }

    /// <summary>The slot of a job that is running already, whether or not there is room.</summary>
    public Slot TakeOver(int usedCpus, IReadOnlyList<int> usedGpus)
    {
        lock (gate)
        {
            return Take(usedCpus, usedGpus);
        }
    }

    private static int Half(int count) => Math.Max(1, count / 2);

    private void Leave(LinkedListNode<Waiting> place, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                queue.Remove(place);
                place.Value.Served.TrySetCanceled(cancellationToken);
                ServeQueue();
            }
        }
    }

    private void ServeQueue()
    {
        while (queue.First is { } first && TakeIfFree(first.Value.Share) is { } slot)
        {
            queue.RemoveFirst();
            first.Value.Served.SetResult(slot);
        }
    }

    private Slot? TakeIfFree((int Cpus, int Gpus) share) =>
        share.Cpus <= freeCpus && share.Gpus <= freeGpus.Count
            ? Take(share.Cpus, [.. freeGpus.Take(share.Gpus)])
            : null;

    private Slot Take(int takenCpus, IReadOnlyList<int> takenGpus)
    {
        freeCpus -= takenCpus;
        freeGpus.ExceptWith(takenGpus);
        return new Slot(
            takenCpus,
            takenGpus,
            () =>
            {
                lock (gate)
                {
                    freeCpus += takenCpus;
                    freeGpus.UnionWith(takenGpus);
                    ServeQueue();
                }
            }
        );
    }

    private sealed record Waiting((int Cpus, int Gpus) Share)
    {
        public TaskCompletionSource<Slot> Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
