using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Tests.Protocols;

public sealed class TreeTests
{
    [Fact]
    public void A_number_is_read_in_the_type_that_is_asked_for_wherever_it_came_from()
    {
        foreach (
            var node in (JsonNode[])
                [JsonValue.Create(7), JsonValue.Create(7L), JsonValue.Create(7.0), JsonNode.Parse("7")!]
        )
        {
            var tree = new JsonObject { ["N"] = node.DeepClone() };
            tree.Int("N").ShouldBe(7);
            tree.Long("N").ShouldBe(7L);
            tree.Double("N").ShouldBe(7.0);
        }
    }

    [Fact]
    public void A_64_bit_integer_stays_exact() =>
        new JsonObject { ["N"] = long.MaxValue }
            .Long("N")
            .ShouldBe(long.MaxValue);

    [Fact]
    public void A_moment_keeps_its_milliseconds()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1_999_999_999_123);
        new JsonObject { ["T"] = Tree.Of(time) }
            .Time("T")
            .ShouldBe(time);
    }

    [Fact]
    public void What_is_absent_or_of_another_kind_is_null()
    {
        var tree = new JsonObject
        {
            ["Text"] = "x",
            ["Number"] = 1,
            ["List"] = new JsonArray("a", "b"),
        };
        tree.Text("Number").ShouldBeNull();
        tree.Text("None").ShouldBeNull();
        tree.Long("Text").ShouldBeNull();
        tree.Bool("Text").ShouldBeNull();
        tree.Object("List").ShouldBeNull();
        tree.Texts("List").ShouldBe(["a", "b"]);
        tree.Objects("None").ShouldBeEmpty();
    }
}
