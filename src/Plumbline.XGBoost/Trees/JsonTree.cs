using System.Text.Json;

namespace Plumbline.XGBoost.Trees;

/// <summary>One tree of XGBoost's JSON, which has one array for each property of the nodes.</summary>
internal sealed class JsonTree(JsonElement tree)
{
    /// <summary>Each node's left child, negative for a leaf.</summary>
    public int[] Left { get; } = [.. tree.GetProperty("left_children").EnumerateArray().Select(e => e.GetInt32())];

    public int[] Right { get; } = [.. tree.GetProperty("right_children").EnumerateArray().Select(e => e.GetInt32())];

    public int[] Features { get; } = [.. tree.GetProperty("split_indices").EnumerateArray().Select(e => e.GetInt32())];

    /// <summary>Each node's threshold; for a leaf its value.</summary>
    public float[] Conditions { get; } =
    [.. tree.GetProperty("split_conditions").EnumerateArray().Select(e => e.GetSingle())];

    public bool[] MissingGoesLeft { get; } =
    [
        .. tree.GetProperty("default_left")
            .EnumerateArray()
            .Select(e =>
                e.ValueKind == JsonValueKind.True || (e.ValueKind == JsonValueKind.Number && e.GetInt32() != 0)
            ),
    ];

    public int Count => Left.Length;

    /// <summary>The categories that go right, by the node that splits by categories.</summary>
    public IReadOnlyDictionary<int, int[]> Categories { get; } = ReadCategories(tree);

    private static Dictionary<int, int[]> ReadCategories(JsonElement tree)
    {
        if (!tree.TryGetProperty("categories_nodes", out var nodes) || nodes.GetArrayLength() == 0)
        {
            return [];
        }
        int[] all = [.. tree.GetProperty("categories").EnumerateArray().Select(e => e.GetInt32())];
        var segments = tree.GetProperty("categories_segments").EnumerateArray().Select(e => e.GetInt32());
        var sizes = tree.GetProperty("categories_sizes").EnumerateArray().Select(e => e.GetInt32());
        return nodes
            .EnumerateArray()
            .Select(e => e.GetInt32())
            .Zip(segments, sizes)
            .ToDictionary(one => one.First, one => all.AsSpan(one.Second, one.Third).ToArray());
    }
}
