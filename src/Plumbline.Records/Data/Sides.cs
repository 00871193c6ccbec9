using System.Runtime.InteropServices;

namespace Plumbline.Records.Data;

/// <summary>Assigns each key of a data set version to one side, so that equal rows are never on two sides.</summary>
internal sealed class Sides
{
    private readonly Func<SplitKey, Side> sideOf;

    private Sides(Func<SplitKey, Side> sideOf) => this.sideOf = sideOf;

    public Side Of(SplitKey key) => sideOf(key);

    /// <summary>
    /// Divides by hash. If an earlier rule of the same line of models did not put a key on the test side, a model may
    /// have been trained on it. Such a key stays with training, even if shares or salt change.
    /// </summary>
    public static Sides ByHash(SplitRule rule, IReadOnlyList<SplitRule> earlier)
    {
        var (now, before) = (new HashSide(rule), earlier.Select(one => new HashSide(one)).ToArray());
        return new(key =>
        {
            var side = now.Of(key);
            if (side == Side.Test)
            {
                // A loop, since a lambda would allocate for each row.
                foreach (var one in before)
                {
                    if (one.Of(key) != Side.Test)
                        return Side.Train;
                }
            }
            return side;
        });
    }

    /// <summary>
    /// Divides by time: the newest rows of each list are the test side. A key with rows on several sides goes to the
    /// side nearest to training. Lists only grow at their end, so a row can move from test to training, but never back.
    /// </summary>
    /// <param name="rule">The shares.</param>
    /// <param name="oldestFirst">
    /// The short keys of each list; the lists are sorted in place, because there may be a hundred million rows.
    /// </param>
    public static Sides ByTime(SplitRule rule, params IReadOnlyList<List<ulong>> oldestFirst)
    {
        var lists = new List<(List<ulong> Keys, int Train, int Validation)>();
        foreach (var keys in oldestFirst)
        {
            var (train, validation) = (rule.RowsOf(Side.Train, keys.Count), rule.RowsOf(Side.Validation, keys.Count));
            var all = CollectionsMarshal.AsSpan(keys);
            all[..train].Sort();
            all.Slice(train, validation).Sort();
            lists.Add((keys, train, validation));
        }
        return new(key =>
        {
            var side = Side.Test;
            foreach (var (keys, train, validation) in lists)
            {
                var all = CollectionsMarshal.AsSpan(keys);
                if (all[..train].BinarySearch(key.Short) >= 0)
                    return Side.Train;
                if (side == Side.Test && all.Slice(train, validation).BinarySearch(key.Short) >= 0)
                    side = Side.Validation;
            }
            return side;
        });
    }
}
