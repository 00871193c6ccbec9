using System.Globalization;
using System.Text.Json;

namespace Plumbline.XGBoost.Blends;

/// <summary>A tree whose leaves are multiplied by a weight and moved by a shift.</summary>
internal readonly struct WeightedTree(JsonElement tree, double weight, double shift)
{
    public void WriteTo(Utf8JsonWriter json, int id)
    {
        json.WriteStartObject();
        foreach (var property in tree.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            switch (property.Name)
            {
                case "id":
                    json.WriteNumberValue(id);
                    break;
                // A leaf's value is where an inner node has its threshold.
                case "split_conditions":
                    WriteValues(json, property.Value, onlyLeaves: true);
                    break;
                case "base_weights":
                    WriteValues(json, property.Value, onlyLeaves: false);
                    break;
                default:
                    property.Value.WriteTo(json);
                    break;
            }
        }
        json.WriteEndObject();
    }

    private void WriteValues(Utf8JsonWriter json, JsonElement values, bool onlyLeaves)
    {
        const int none = -1;
        json.WriteStartArray();
        foreach (var (value, left) in values.EnumerateArray().Zip(tree.GetProperty("left_children").EnumerateArray()))
        {
            if (onlyLeaves && left.GetInt32() != none)
            {
                value.WriteTo(json);
            }
            else
            {
                json.WriteRawValue(Text((float)(value.GetDouble() * weight + shift)), skipInputValidation: true);
            }
        }
        json.WriteEndArray();
    }

    // libxgboost does not read a number without a point or an exponent as a float.
    private static string Text(float value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }
}
