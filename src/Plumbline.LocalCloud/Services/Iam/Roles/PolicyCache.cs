using System.Collections.Concurrent;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Roles;

/// <summary>The policies of roles, read once and again after each change, for every call of a role asks for them.</summary>
internal sealed class PolicyCache
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Policy>?> kept = new();
    private long changes;

    /// <summary>A role's policies; null where there is no such role.</summary>
    /// <param name="role">Its name.</param>
    /// <param name="load">The documents as they are stored; null where there is no such role.</param>
    public IReadOnlyList<Policy>? Get(string role, Func<IReadOnlyList<string>?> load)
    {
        if (kept.TryGetValue(role, out var found))
        {
            return found;
        }

        var before = Interlocked.Read(ref changes);
        IReadOnlyList<Policy>? policies = load()?.Select(Read).ToList();
        // A role that is not there is not kept: names come from requests, and would be kept without end.
        if (policies is not null)
        {
            kept[role] = policies;
            if (Interlocked.Read(ref changes) != before)
            {
                // It may have been read before a change that was told of before it was kept.
                kept.TryRemove(role, out _);
            }
        }

        return policies;
    }

    /// <summary>A role has changed, and the change is stored.</summary>
    public void Forget(string role)
    {
        Interlocked.Increment(ref changes);
        kept.TryRemove(role, out _);
    }

    /// <summary>A document that an older version took without a look may be invalid: it allows nothing.</summary>
    private static Policy Read(string document)
    {
        try
        {
            return PolicyReader.Read(document);
        }
        catch (AwsException)
        {
            return new Policy([]);
        }
    }
}
