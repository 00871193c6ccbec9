using System.Globalization;
using Plumbline.XGBoost.Formats;

namespace Plumbline.XGBoost.Trees;

/// <summary>Reads a model's JSON into a <see cref="FlatForest"/>.</summary>
internal sealed class ForestReader
{
    private readonly int columns;
    private readonly TreeNode[] nodes;
    private readonly bool[] missingGoesLeft;
    private CategorySets? sets;
    private readonly List<DecisionTree> trees = [];
    private int used;

    private ForestReader(int columns, int count)
    {
        this.columns = columns;
        nodes = GC.AllocateArray<TreeNode>(count, pinned: true);
        missingGoesLeft = new bool[count];
    }

    /// <summary>Returns null for models that a flat forest does not support: DART, huge trees.</summary>
    public static FlatForest? Read(ReadOnlyMemory<byte> json, Link link, int groups)
    {
        using var document = ModelJson.Parse(json);
        var learner = document.RootElement.GetProperty("learner");
        var parameters = learner.GetProperty("learner_model_param");
        var columns = int.Parse(parameters.GetProperty("num_feature").GetString()!, CultureInfo.InvariantCulture);
        var baseScore = float.Parse(parameters.GetProperty("base_score").GetString()!, CultureInfo.InvariantCulture);
        var booster = learner.GetProperty("gradient_booster");
        if (booster.GetProperty("name").GetString() != "gbtree" || columns >= ushort.MaxValue)
        {
            return null;
        }
        var model = booster.GetProperty("model");
        var all = model.GetProperty("trees").EnumerateArray().ToList();
        var reader = new ForestReader(columns, all.Sum(tree => tree.GetProperty("left_children").GetArrayLength()));
        foreach (var (tree, group) in all.Zip(model.GetProperty("tree_info").EnumerateArray()))
        {
            if (!reader.TryAdd(new JsonTree(tree), group.GetInt32()))
            {
                return null;
            }
        }
        var margin = link.BaseMargin(baseScore);
        return new FlatForest(
            columns,
            groups,
            margin,
            reader.nodes,
            reader.missingGoesLeft,
            reader.sets,
            [.. reader.trees]
        );
    }

    // Breadth first, so that a node's two children are neighbours.
    private bool TryAdd(JsonTree tree, int group)
    {
        if (tree.Count > ushort.MaxValue)
        {
            return false;
        }
        var root = used;
        var depth = 0;
        var waiting = new Queue<(int Source, int Place, int Depth)>([(0, used++, 0)]);
        while (waiting.TryDequeue(out var next))
        {
            depth = Math.Max(depth, next.Depth);
            ref var node = ref nodes[next.Place];
            node.Threshold = tree.Conditions[next.Source];
            if (tree.Left[next.Source] < 0)
            {
                node.Feature = (ushort)columns;
                continue;
            }
            node.Feature = (ushort)tree.Features[next.Source];
            node.ToLeft = (ushort)(used - next.Place);
            if (tree.Categories.TryGetValue(next.Source, out var right))
            {
                (sets ??= new CategorySets(nodes.Length)).Add(next.Place, node.Feature, right);
            }
            missingGoesLeft[next.Place] = tree.MissingGoesLeft[next.Source];
            waiting.Enqueue((tree.Left[next.Source], used++, next.Depth + 1));
            waiting.Enqueue((tree.Right[next.Source], used++, next.Depth + 1));
        }
        trees.Add(new DecisionTree(root, depth, group));
        return true;
    }
}
