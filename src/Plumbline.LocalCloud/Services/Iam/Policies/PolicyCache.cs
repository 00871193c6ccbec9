using System.Collections.Concurrent;

namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>The policies of roles, or of buckets, read once and again after each change, for every call asks for them.</summary>
/// <typeparam name="T">What is read of one of them.</typeparam>
internal sealed class PolicyCache<T>
    where T : class
{
    private readonly ConcurrentDictionary<string, T> kept = new();
    private long changes;

    /// <summary>The policies of a role or a bucket; null where it is not there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="load">Reads them; null where it is not there.</param>
    public T? Get(string name, Func<string, T?> load)
    {
        if (kept.TryGetValue(name, out var found))
        {
            return found;
        }

        var before = Interlocked.Read(ref changes);
        var loaded = load(name);
        // One that is not there is not kept: names come from requests, and would be kept without end.
        if (loaded is not null)
        {
            kept[name] = loaded;
            if (Interlocked.Read(ref changes) != before)
            {
                // It may have been read before a change that was told of before it was kept.
                kept.TryRemove(name, out _);
            }
        }

        return loaded;
    }

    /// <summary>One has changed, and the change is stored.</summary>
    public void Forget(string name)
    {
        Interlocked.Increment(ref changes);
        kept.TryRemove(name, out _);
    }

    /// <summary>Something has changed that several share, and the change is stored.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref changes);
        kept.Clear();
    }
}
