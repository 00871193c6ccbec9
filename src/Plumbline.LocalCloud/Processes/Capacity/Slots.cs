using Plumbline.Aws.Instances;

namespace Plumbline.LocalCloud.Processes.Capacity;

/// <summary>A job's share of this machine's CPUs and GPUs. Disposing gives it back.</summary>
internal sealed class Slot : IDisposable
{
    private Action? giveBack;

    internal Slot(int cpus, IReadOnlyList<int> gpus, Action giveBack)
    {
        (Cpus, Gpus) = (cpus, gpus);
        this.giveBack = giveBack;
    }

    /// <summary>The number of CPUs, and so of threads, that the job should use.</summary>
    public int Cpus { get; }

    /// <summary>The numbers of the GPUs that only this job uses.</summary>
    public IReadOnlyList<int> Gpus { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref giveBack, null)?.Invoke();
}

/// <summary>
/// Hands out this machine's CPUs and GPUs, first come, first served. A slot is the smaller of the instance type and
/// half of the machine, so that two jobs of a kind can always run at once; on a machine with one CPU they share it.
/// Each kind of job has its own slots: an hourly monitor must not wait for a training that takes a day.
/// </summary>
internal sealed class Slots
{
    private readonly int cpus;
    private readonly int gpus;
    private readonly Lock gate = new();
    private readonly LinkedList<Waiting> queue = [];
    private readonly SortedSet<int> freeGpus;
    private int freeCpus;

    /// <param name="cpus">CPUs to hand out.</param>
    /// <param name="gpus">Numbers of the GPUs to hand out.</param>
    public Slots(int cpus, IReadOnlyList<int> gpus)
    {
        (this.cpus, this.gpus) = (Math.Max(2, cpus), gpus.Count);
        (freeCpus, freeGpus) = (this.cpus, [.. gpus]);
    }

    public static Slots OfThisMachine() => new(Environment.ProcessorCount, MachineGpus.Numbers());

    /// <summary>The CPUs and GPUs that a job of an instance type gets.</summary>
    public (int Cpus, int Gpus) Share(InstanceType type) =>
        (Math.Min(type.Cpus, Half(cpus)), gpus == 0 ? 0 : Math.Min(type.Gpus, Half(gpus)));

    /// <summary>Takes a slot if it is free and nobody waits in line; otherwise returns null.</summary>
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

    /// <summary>Takes the slot of a job that is already running, even if the machine is full.</summary>
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
