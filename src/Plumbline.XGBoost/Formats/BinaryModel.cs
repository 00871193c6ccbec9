using System.Buffers.Binary;
using System.Text;

namespace Plumbline.XGBoost.Formats;

/// <summary>
/// Validates XGBoost's old binary format, because libxgboost's own reader trusts all lengths and node indices in it.
/// Source: the structures that XGBoost 0.90 to 1.7 write (learner parameters, two names, trees or weights, attributes).
/// </summary>
internal ref struct BinaryModel
{
    private const int LearnerParameters = 136;
    private const int ForestParameters = 160;
    private const int LinearParameters = 136;
    private const int TreeParameters = 148;
    private const int Node = 20;
    private const int NodeStatistics = 16;
    private const int LongestName = 100;
    private static readonly string[] Boosters = ["gbtree", "dart", "gblinear"];

    private ReadOnlySpan<byte> rest;
    private string objective = "";
    private string booster = "";
    private string fault = "truncated or damaged";

    private BinaryModel(ReadOnlySpan<byte> model) =>
        rest = model.StartsWith("binf"u8) ? model["binf"u8.Length..] : model;

    /// <summary>True if the bytes begin like such a model: parameters, objective's name, booster's name.</summary>
    public static bool IsOne(ReadOnlySpan<byte> model) => new BinaryModel(model).TryNames(out _);

    /// <summary>
    /// Returns the first fault with its place, or null if the model is complete and the nodes of each tree form a tree:
    /// no node is reached twice.
    /// </summary>
    public static string? FaultOf(ReadOnlySpan<byte> model)
    {
        var walk = new BinaryModel(model);
        return walk.IsWhole() ? null : walk.fault;
    }

    private bool IsWhole()
    {
        if (!TryNames(out var head))
        {
            return false;
        }
        var isThere =
            booster == "gblinear"
                ? TrySkip(LinearParameters) && TryFloats()
                : TryForest(head.Features) && (booster != "dart" || TryFloats());
        return isThere && (!head.HasAttributes || TryAttributes()) && (head.Major > 0 || TryOldTail(head));
    }

    private bool TryNames(out Head head)
    {
        head = default;
        if (rest.Length < LearnerParameters)
        {
            return false;
        }
        head = new Head(
            BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(rest[12..]) != 0,
            BinaryPrimitives.ReadInt32LittleEndian(rest[16..]) != 0,
            BinaryPrimitives.ReadUInt32LittleEndian(rest[20..])
        );
        return TrySkip(LearnerParameters)
            && TryName(out objective)
            && TryName(out booster)
            && Boosters.Contains(booster);
    }

    private bool TryForest(uint features)
    {
        if (!TryPeek(0, out var trees) || trees < 0 || !TrySkip(ForestParameters))
        {
            return false;
        }
        for (var tree = 0; tree < trees; tree++)
        {
            if (
                !TryPeek(4, out var nodes)
                || nodes < 1
                || !TrySkip(TreeParameters)
                || nodes > rest.Length / (Node + NodeStatistics)
                || !AreNodes(tree, rest[..(nodes * Node)], features)
                || !TrySkip((long)nodes * (Node + NodeStatistics))
            )
            {
                return false;
            }
        }
        return TrySkip(trees * 4L);
    }

    private bool AreNodes(int tree, ReadOnlySpan<byte> bytes, uint features)
    {
        var nodes = bytes.Length / Node;
        var reached = new bool[nodes];
        for (var node = 0; node < nodes; node++)
        {
            var (left, right, feature) = Children(bytes[(node * Node)..]);
            if (left == -1)
            {
                continue;
            }
            if (left < 1 || left >= nodes || right < 1 || right >= nodes || feature >= features)
            {
                fault = $"damaged: node {node} of tree {tree} points to a node or a feature that does not exist";
                return false;
            }
        }
        var open = new Stack<int>([0]);
        while (open.TryPop(out var node))
        {
            var (left, right, _) = Children(bytes[(node * Node)..]);
            if (left == -1)
            {
                continue;
            }
            foreach (var child in (ReadOnlySpan<int>)[left, right])
            {
                if (reached[child])
                {
                    fault = $"damaged: node {child} of tree {tree} is reached twice";
                    return false;
                }
                reached[child] = true;
                open.Push(child);
            }
        }
        return true;
    }

    /// <summary>Returns the first node's children (-1 for a leaf) and the feature that it splits by.</summary>
    private static (int Left, int Right, uint Feature) Children(ReadOnlySpan<byte> node) =>
        (
            BinaryPrimitives.ReadInt32LittleEndian(node[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(node[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(node[12..]) & int.MaxValue
        );

    private bool TryAttributes() => TryLength(2 * sizeof(long), out var count) && TryTexts(2 * count);

    /// <summary>Before 1.0, a Poisson model's max_delta_step and the names of metrics may follow.</summary>
    private bool TryOldTail(Head head) =>
        (objective != "count:poisson" || rest.IsEmpty || TryTexts(1))
        && (!head.HasMetrics || (TryLength(sizeof(long), out var count) && TryTexts(count)));

    private bool TryTexts(long count)
    {
        for (; count > 0; count--)
        {
            if (!TryLength(1, out var length) || !TrySkip(length))
            {
                return false;
            }
        }
        return true;
    }

    private bool TryName(out string name)
    {
        name = "";
        if (!TryLength(1, out var length) || length is < 1 or > LongestName)
        {
            return false;
        }
        name = Encoding.ASCII.GetString(rest[..(int)length]);
        return TrySkip(length);
    }

    private bool TryFloats() => TryLength(4, out var count) && TrySkip(count * 4);

    private bool TryLength(int size, out long length)
    {
        length = rest.Length >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(rest) : -1;
        return length >= 0 && TrySkip(8) && length <= rest.Length / size;
    }

    private readonly bool TryPeek(int at, out int value)
    {
        value = rest.Length >= at + 4 ? BinaryPrimitives.ReadInt32LittleEndian(rest[at..]) : -1;
        return rest.Length >= at + 4;
    }

    private bool TrySkip(long count)
    {
        if (count > rest.Length)
        {
            return false;
        }
        rest = rest[(int)count..];
        return true;
    }

    /// <summary>The learner parameters that determine which parts follow.</summary>
    private readonly record struct Head(uint Features, bool HasAttributes, bool HasMetrics, uint Major);
}
