using System.Buffers;
using System.Text.Json;

namespace Plumbline.XGBoost.Blends;

/// <summary>Writes the JSON of a merged model: the first part's, with the trees of all parts.</summary>
internal sealed class MergedModel
{
    private const string OneTree = "1";
    private readonly Utf8JsonWriter json;
    private readonly IReadOnlyList<PartTrees> parts;
    private readonly double shift;

    private MergedModel(Utf8JsonWriter json, IReadOnlyList<PartTrees> parts)
    {
        this.json = json;
        this.parts = parts;
        // The blend keeps the first part's base score. The mean of the parts may begin elsewhere: the first tree of each
        // class adds the difference. A base score of their mean would be rounded as a probability, which near 0 and 1
        // is far from exact as log-odds.
        shift = parts.Sum(part => part.Weight * part.MarginOver(parts[0]));
    }

    public static byte[] Write(IReadOnlyList<PartTrees> parts)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            new MergedModel(json, parts).WriteObject(parts[0].Root, "");
        }
        return bytes.WrittenSpan.ToArray();
    }

    private void WriteObject(JsonElement element, string path)
    {
        json.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            WriteValue(property.Value, $"{path}/{property.Name}");
        }
        json.WriteEndObject();
    }

    private void WriteValue(JsonElement value, string path)
    {
        switch (path)
        {
            case "/learner"
            or "/learner/gradient_booster"
            or "/learner/gradient_booster/model"
            or "/learner/gradient_booster/model/gbtree_model_param":
                WriteObject(value, path);
                break;
            // They speak of one part alone, such as the best round of its training.
            case "/learner/attributes":
                json.WriteStartObject();
                json.WriteEndObject();
                break;
            case "/learner/gradient_booster/model/gbtree_model_param/num_trees":
                json.WriteStringValue($"{parts.Sum(part => part.Trees.GetArrayLength())}");
                break;
            case "/learner/gradient_booster/model/gbtree_model_param/num_parallel_tree":
                var isSame = parts.All(part => part.ParallelTrees == parts[0].ParallelTrees);
                json.WriteStringValue(isSame ? parts[0].ParallelTrees : OneTree);
                break;
            case "/learner/gradient_booster/model/tree_info":
                WriteGroups();
                break;
            case "/learner/gradient_booster/model/trees":
                WriteTrees();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private void WriteGroups()
    {
        json.WriteStartArray();
        foreach (var group in parts.SelectMany(part => part.Groups.EnumerateArray()))
        {
            group.WriteTo(json);
        }
        json.WriteEndArray();
    }

    private void WriteTrees()
    {
        var shifted = new HashSet<int>();
        var id = 0;
        json.WriteStartArray();
        foreach (var part in parts)
        {
            foreach (var (tree, group) in part.Trees.EnumerateArray().Zip(part.Groups.EnumerateArray()))
            {
                var isFirst = shifted.Add(group.GetInt32());
                new WeightedTree(tree, part.Weight, isFirst ? shift : 0).WriteTo(json, id++);
            }
        }
        json.WriteEndArray();
    }
}
