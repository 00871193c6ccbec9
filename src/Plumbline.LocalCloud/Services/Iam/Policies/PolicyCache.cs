using System.Collections.Concurrent;

namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>
/// Policies of roles or of buckets, kept in memory because every call needs them, and read again after a change.
/// </summary>
/// <typeparam name="T">The type that holds the policies of one role or bucket.</typeparam>
internal sealed class PolicyCache<T>
    where T : class
{
    private readonly ConcurrentDictionary<string, T> kept = new();
    private long changes;

    /// <summary>Returns the policies of a role or a bucket; null if it does not exist.</summary>
    /// <param name="name">The name of the role or the bucket.</param>
    /// <param name="load">Reads the policies; null if it does not exist.</param>
    public T? Get(string name, Func<string, T?> load)
    {
        if (kept.TryGetValue(name, out var found))
        {
            return found;
        }

        var before = Interlocked.Read(ref changes);
        var loaded = load(name);
        // A missing role or bucket is not kept: names come from requests, and would fill the memory.
        if (loaded is not null)
        {
            kept[name] = loaded;
            if (Interlocked.Read(ref changes) != before)
            {
                // It may have been read before a change, and kept after that change was reported.
                kept.TryRemove(name, out _);
            }
        }

        return loaded;
    }

    /// <summary>Reports a change of one role or bucket; call it after the change is stored.</summary>
    public void Forget(string name)
    {
        Interlocked.Increment(ref changes);
        kept.TryRemove(name, out _);
    }

    /// <summary>Reports a change of something that several share; call it after the change is stored.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref changes);
        kept.Clear();
    }
}
