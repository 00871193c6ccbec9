using System.Buffers.Binary;
using System.Text;

namespace Plumbline.XGBoost.Formats;

/// <summary>
/// Walks XGBoost's old binary form: libxgboost's own reader believes its lengths, and trees whose nodes point out of them.
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
    private string booster = "";

    private BinaryModel(ReadOnlySpan<byte> model) =>
        rest = model.StartsWith("binf"u8) ? model["binf"u8.Length..] : model;

    /// <summary>Whether the bytes begin as such a model does: after its parameters it names objective and booster.</summary>
    public static bool IsOne(ReadOnlySpan<byte> model) => new BinaryModel(model).TryNames(out _);

    /// <summary>Whether all trees or weights are there, and every node points into its tree.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> model)
    {
        var walk = new BinaryModel(model);
        if (!walk.TryNames(out var features))
        {
            return false;
        }
        return walk.booster == "gblinear"
            ? walk.TrySkip(LinearParameters) && walk.TryFloats()
            : walk.TryForest(features) && (walk.booster != "dart" || walk.TryFloats());
    }

    private bool TryNames(out uint features)
    {
        features = rest.Length >= LearnerParameters ? BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) : 0;
        return TrySkip(LearnerParameters) && TryName(out _) && TryName(out booster) && Boosters.Contains(booster);
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
                || !AreNodes(rest[..(nodes * Node)], nodes, features)
                || !TrySkip((long)nodes * (Node + NodeStatistics))
            )
            {
                return false;
            }
        }
        return TrySkip(trees * 4L);
    }

    private static bool AreNodes(ReadOnlySpan<byte> bytes, int nodes, uint features)
    {
        for (var at = 0; at < bytes.Length; at += Node)
        {
            var left = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]);
            var right = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 8)..]);
            var feature = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 12)..]) & int.MaxValue;
            var isLeaf = left == -1;
            if (!isLeaf && (left < 1 || left >= nodes || right < 1 || right >= nodes || feature >= features))
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
}
