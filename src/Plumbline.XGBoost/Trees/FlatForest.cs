using System.Buffers;
using System.Runtime.CompilerServices;

namespace Plumbline.XGBoost.Trees;

/// <summary>
/// The trees of a model in a layout for fast prediction: no branch depends on the data, and the CPU overlaps eight
/// walks. Leaves are added in libxgboost's order, so the margins are bit-equal to libxgboost's.
/// </summary>
internal sealed unsafe class FlatForest
{
    /// <summary>The number of rows that are predicted together.</summary>
    public const int Block = 64;

    private const int Lanes = 8;
    private readonly int columns;
    private readonly int groups;
    private readonly float baseMargin;
    private readonly TreeNode[] nodes;
    private readonly bool[] missingGoesLeft;
    private readonly CategorySets? sets;
    private readonly DecisionTree[] trees;

    /// <param name="nodes">The nodes of all trees, one tree after the other, in a pinned array.</param>
    /// <param name="missingGoesLeft">For each node: true if a row without that feature goes left.</param>
    public FlatForest(
        int columns,
        int groups,
        float baseMargin,
        TreeNode[] nodes,
        bool[] missingGoesLeft,
        CategorySets? sets,
        DecisionTree[] trees
    )
    {
        this.columns = columns;
        this.groups = groups;
        this.baseMargin = baseMargin;
        this.nodes = nodes;
        this.missingGoesLeft = missingGoesLeft;
        this.sets = sets;
        this.trees = trees;
    }

    /// <param name="features">Row-major.</param>
    /// <param name="margins">Receives rows x groups margins.</param>
    public void Predict(ReadOnlySpan<float> features, Span<float> margins)
    {
        var rows = features.Length / columns;
        margins = margins[..(rows * groups)];
        margins.Fill(baseMargin);
        var scratch = ArrayPool<float>.Shared.Rent((columns + 1) * Block);
        fixed (float* x = scratch)
        fixed (TreeNode* first = nodes)
        {
            for (var start = 0; start < rows; start += Block)
            {
                var count = Math.Min(Block, rows - start);
                var block = features.Slice(start * columns, count * columns);
                Predict(block, count, margins.Slice(start * groups, count * groups), first, x);
            }
        }
        ArrayPool<float>.Shared.Return(scratch);
    }

    /// <summary>The largest code of a feature that is a category; null for a number.</summary>
    public int? LargestCategory(int feature) => sets?.LargestOf(feature);

    /// <summary>Returns 0 and some of the trees' thresholds for each feature.</summary>
    public IReadOnlyList<float>[] Thresholds()
    {
        const int enough = 64;
        var thresholds = new List<float>[columns];
        foreach (ref var list in thresholds.AsSpan())
        {
            list = [0];
        }
        foreach (var node in nodes)
        {
            if (node.ToLeft != 0 && thresholds[node.Feature].Count < enough)
            {
                thresholds[node.Feature].Add(node.Threshold);
            }
        }
        return thresholds;
    }

    private void Predict(ReadOnlySpan<float> block, int count, Span<float> margins, TreeNode* first, float* x)
    {
        if (sets is not null || HasMissing(block))
        {
            for (var row = 0; row < count; row++)
            {
                PredictWithGaps(block.Slice(row * columns, columns), margins.Slice(row * groups, groups), first);
            }
        }
        else if (count < Lanes)
        {
            for (var row = 0; row < count; row++)
            {
                block.Slice(row * columns, columns).CopyTo(new Span<float>(x, columns));
                x[columns] = float.NegativeInfinity;
                PredictRow(x, first, margins.Slice(row * groups, groups));
            }
        }
        else
        {
            Transpose(block, count, x);
            fixed (float* into = margins)
            {
                PredictBlock(x, count, first, into);
            }
        }
    }

    /// <summary>Predicts one row, eight trees at once.</summary>
    private void PredictRow(float* x, TreeNode* first, Span<float> margins)
    {
        var tree = 0;
        for (; tree + Lanes <= trees.Length; tree += Lanes)
        {
            var eight = trees.AsSpan(tree, Lanes);
            var a = first + eight[0].Root;
            var b = first + eight[1].Root;
            var c = first + eight[2].Root;
            var d = first + eight[3].Root;
            var e = first + eight[4].Root;
            var f = first + eight[5].Root;
            var g = first + eight[6].Root;
            var h = first + eight[7].Root;
            var depth = 0;
            foreach (ref readonly var one in eight)
            {
                depth = Math.Max(depth, one.Depth);
            }
            for (var step = 0; step < depth; step++)
            {
                a = Next(a, x);
                b = Next(b, x);
                c = Next(c, x);
                d = Next(d, x);
                e = Next(e, x);
                f = Next(f, x);
                g = Next(g, x);
                h = Next(h, x);
            }
            margins[eight[0].Group] += a->Threshold;
            margins[eight[1].Group] += b->Threshold;
            margins[eight[2].Group] += c->Threshold;
            margins[eight[3].Group] += d->Threshold;
            margins[eight[4].Group] += e->Threshold;
            margins[eight[5].Group] += f->Threshold;
            margins[eight[6].Group] += g->Threshold;
            margins[eight[7].Group] += h->Threshold;
        }
        for (; tree < trees.Length; tree++)
        {
            var node = first + trees[tree].Root;
            for (var step = 0; step < trees[tree].Depth; step++)
            {
                node = Next(node, x);
            }
            margins[trees[tree].Group] += node->Threshold;
        }
    }

    /// <summary>Predicts a column-major block of rows; each tree walks eight rows at once.</summary>
    private void PredictBlock(float* x, int count, TreeNode* first, float* margins)
    {
        foreach (ref readonly var tree in trees.AsSpan())
        {
            var root = first + tree.Root;
            for (var row = 0; row < count; row += Lanes)
            {
                var a = root;
                var b = root;
                var c = root;
                var d = root;
                var e = root;
                var f = root;
                var g = root;
                var h = root;
                var y = x + row;
                for (var step = 0; step < tree.Depth; step++)
                {
                    a = NextIn(a, y);
                    b = NextIn(b, y + 1);
                    c = NextIn(c, y + 2);
                    d = NextIn(d, y + 3);
                    e = NextIn(e, y + 4);
                    f = NextIn(f, y + 5);
                    g = NextIn(g, y + 6);
                    h = NextIn(h, y + 7);
                }
                var into = margins + row * groups + tree.Group;
                into[0] += a->Threshold;
                // The last group of a block may have fewer than eight rows.
                switch (Math.Min(Lanes, count - row))
                {
                    case 8:
                        into[7 * groups] += h->Threshold;
                        goto case 7;
                    case 7:
                        into[6 * groups] += g->Threshold;
                        goto case 6;
                    case 6:
                        into[5 * groups] += f->Threshold;
                        goto case 5;
                    case 5:
                        into[4 * groups] += e->Threshold;
                        goto case 4;
                    case 4:
                        into[3 * groups] += d->Threshold;
                        goto case 3;
                    case 3:
                        into[2 * groups] += c->Threshold;
                        goto case 2;
                    case 2:
                        into[groups] += b->Threshold;
                        break;
                }
            }
        }
    }

    /// <summary>Predicts one row that may have missing values or categories.</summary>
    private void PredictWithGaps(ReadOnlySpan<float> row, Span<float> margins, TreeNode* first)
    {
        foreach (ref readonly var tree in trees.AsSpan())
        {
            var at = tree.Root;
            while (first[at].ToLeft != 0)
            {
                var value = row[first[at].Feature];
                var left = float.IsNaN(value)
                    ? missingGoesLeft[at]
                    : sets?.GoesLeft(at, value) ?? value < first[at].Threshold;
                at += first[at].ToLeft + (left ? 0 : 1);
            }
            margins[tree.Group] += first[at].Threshold;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TreeNode* Next(TreeNode* node, float* row) =>
        node + (node->ToLeft + (row[node->Feature] >= node->Threshold ? 1 : 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TreeNode* NextIn(TreeNode* node, float* block) =>
        node + (node->ToLeft + (block[node->Feature * Block] >= node->Threshold ? 1 : 0));

    private void Transpose(ReadOnlySpan<float> block, int count, float* x)
    {
        var walked = (count + Lanes - 1) / Lanes * Lanes;
        for (var row = 0; row < walked; row++)
        {
            // The walk always takes eight rows, so the last row is repeated; nobody reads the results of its copies.
            var from = block.Slice(Math.Min(row, count - 1) * columns, columns);
            for (var column = 0; column < from.Length; column++)
            {
                x[column * Block + row] = from[column];
            }
            x[columns * Block + row] = float.NegativeInfinity;
        }
    }

    private static bool HasMissing(ReadOnlySpan<float> values)
    {
        var missing = false;
        foreach (var value in values)
        {
            missing |= float.IsNaN(value);
        }
        return missing;
    }
}
