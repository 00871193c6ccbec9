using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>Compares sent properties with those read back.</summary>
internal static class Properties
{
    /// <summary>Checks that every sent property has its value; AWS may add others.</summary>
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

    /// <summary>JSON may spell equal numbers differently.</summary>
    private static double Number(JsonNode? node) =>
        double.Parse(node?.ToJsonString() ?? "", CultureInfo.InvariantCulture);
}
