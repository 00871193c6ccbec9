namespace Plumbline.Records.Data;

/// <summary>Which side each key of a data set version is on. A key has one side, so equal rows can never be on two.</summary>
internal sealed class Sides
{
    private readonly Func<SplitKey, Side> sideOf;

    private Sides(Func<SplitKey, Side> sideOf) => this.sideOf = sideOf;

    public Side Of(SplitKey key) => sideOf(key);

    /// <summary>
    /// By hash. A key that was not on the test side under an earlier rule of the same line of models may have been
    /// trained on, so it never comes to the test side by a change of the shares or the salt: it stays with training.
    /// </summary>
    public static Sides ByHash(SplitRule rule, IReadOnlyList<SplitRule> earlier) =>
        new(key =>
        {
            var side = rule.SideOf(key);
            return side == Side.Test && earlier.Any(before => before.SideOf(key) != Side.Test) ? Side.Train : side;
        });

    /// <summary>
    /// By time: the newest rows of each list are the test side. A key with rows on several sides goes to the one nearest
    /// to training. The lists only grow at their end, so a row moves from test to training at most, never back.
    /// </summary>
    public static Sides ByTime(SplitRule rule, params IReadOnlyList<SplitKey>[] oldestFirst)
    {
        var sides = new Dictionary<SplitKey, Side>();
        foreach (var keys in oldestFirst)
        {
            for (var i = 0; i < keys.Count; i++)
            {
                var side = rule.SideAt(i, keys.Count);
                if (!sides.TryGetValue(keys[i], out var known) || side < known)
                    sides[keys[i]] = side;
            }
        }
        return new(key => sides[key]);
    }
}

/// <summary>The last line of defence: no row is written whose key is already on another side.</summary>
internal sealed class LeakGuard
{
    private readonly Dictionary<SplitKey, Side> seen = [];

    public void Check(SplitKey key, Side side)
    {
        if (!seen.TryAdd(key, side) && seen[key] != side)
            throw new InvalidOperationException($"Row {key} would be on the sides {seen[key]} and {side}.");
    }
}
