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
    public static Sides ByHash(SplitRule rule, IReadOnlyList<SplitRule> earlier) =>
        new(key =>
        {
            var side = rule.SideOf(key);
            return side == Side.Test && earlier.Any(before => before.SideOf(key) != Side.Test) ? Side.Train : side;
        });

    /// <summary>
    /// Divides by time: the newest rows of each list are the test side. A key with rows on several sides goes to the
    /// side nearest to training. Lists only grow at their end, so a row can move from test to training, but never back.
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

/// <summary>A second check: refuses to write a row whose key is already on another side.</summary>
internal sealed class LeakGuard
{
    private readonly Dictionary<SplitKey, Side> seen = [];

    public void Check(SplitKey key, Side side)
    {
        if (!seen.TryAdd(key, side) && seen[key] != side)
            throw new InvalidOperationException($"Row {key} would be on the sides {seen[key]} and {side}.");
    }
}
