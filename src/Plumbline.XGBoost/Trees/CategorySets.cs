namespace Plumbline.XGBoost.Trees;

/// <summary>The splits by categories: each has the set of the codes that go right.</summary>
internal sealed class CategorySets(int nodes)
{
    private const int Bits = 64;
    private readonly ulong[]?[] sets = new ulong[nodes][];
    private readonly SortedDictionary<int, int> largest = [];

    public void Add(int node, int feature, int[] right)
    {
        var most = right.Length == 0 ? 0 : right.Max();
        var set = new ulong[most / Bits + 1];
        foreach (var code in right)
        {
            set[code / Bits] |= 1UL << (code % Bits);
        }
        sets[node] = set;
        largest[feature] = Math.Max(largest.GetValueOrDefault(feature), most);
    }

    /// <summary>The largest code in a set of a feature; null if no node splits the feature by categories.</summary>
    public int? LargestOf(int feature) => largest.TryGetValue(feature, out var most) ? most : null;

    /// <summary>True if a value goes left at a node; null if the node splits by a threshold.</summary>
    public bool? GoesLeft(int node, float value)
    {
        if (sets[node] is not { } set)
        {
            return null;
        }
        // As in libxgboost, a code that the set cannot hold goes left.
        var code = (int)value;
        return !(value >= 0) || code / Bits >= set.Length || (set[code / Bits] >> (code % Bits) & 1) == 0;
    }
}
