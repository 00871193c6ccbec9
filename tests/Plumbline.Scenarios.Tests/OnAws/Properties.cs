using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>What was sent against what is read back.</summary>
internal static class Properties
{
    /// <summary>Every property that is wanted is there with its value; what is there besides is AWS's own.</summary>
    public static void ShouldBeThere(JsonNode? wanted, JsonNode? found, string place)
    {
        switch (wanted)
        {
            case JsonObject tree:
                found.ShouldBeOfType<JsonObject>(place);
                foreach (var (name, value) in tree)
                    ShouldBeThere(value, found![name], $"{place}.{name}");
                break;
            case JsonArray list:
                found.ShouldBeOfType<JsonArray>(place).Count.ShouldBe(list.Count, place);
                for (var i = 0; i < list.Count; i++)
                    ShouldBeThere(list[i], found![i], $"{place}[{i}]");
                break;
            case JsonValue number when number.GetValueKind() == JsonValueKind.Number:
                Number(found).ShouldBe(Number(number), place);
                break;
            default:
                found?.ToJsonString().ShouldBe(wanted?.ToJsonString(), place);
                (found is null).ShouldBe(wanted is null, place);
                break;
        }
    }

    /// <summary>Whole numbers and others are written differently.</summary>
    private static double Number(JsonNode? node) =>
        double.Parse(node?.ToJsonString() ?? "", CultureInfo.InvariantCulture);
}
