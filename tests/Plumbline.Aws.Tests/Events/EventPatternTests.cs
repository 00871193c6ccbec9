using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Events;

namespace Plumbline.Aws.Tests.Events;

public sealed class EventPatternTests
{
    [PatternVectorsFact]
    public void All_recorded_verdicts_and_refusals_of_AWS_are_reproduced()
    {
        var expected = PatternVectors.Expected();
        var differences = expected
            .Select(vector => (vector.Key, Ours: Verdict(vector.Key), Aws: PatternVectors.VerdictOf(vector.Value!)))
            .Where(verdict => verdict.Ours != verdict.Aws)
            .Select(verdict => $"{verdict.Key}:\n  ours {verdict.Ours}\n  AWS  {verdict.Aws}")
            .ToList();

        expected.Count.ShouldBe(155);
        differences.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"detail":{"a":{"b":[1],"c":[2]}}}""", """{"detail":{"a":[{"b":1,"c":3},{"b":9,"c":2}]}}""", false)]
    [InlineData("""{"detail":{"a":{"b":[1],"c":[2]}}}""", """{"detail":{"a":[{"b":1,"c":3},{"b":1,"c":2}]}}""", true)]
    [InlineData("""{"detail":{"a":{"b":[1]},"x":[2]}}""", """{"detail":{"a":[{"b":7},{"b":1}],"x":[3,2]}}""", true)]
    public void Fields_below_an_array_match_within_one_element(string pattern, string @event, bool matches) =>
        EventPattern.Parse(pattern).Matches(JsonDocument.Parse(@event).RootElement).ShouldBe(matches);

    [Theory]
    [InlineData("""{"a":[{"wildcard":"x\\*y"}]}""", "x*y", true)]
    [InlineData("""{"a":[{"wildcard":"x\\*y"}]}""", "xzy", false)]
    [InlineData("""{"a":[{"wildcard":"x*y"}]}""", "x\ny", true)]
    [InlineData("""{"a":[{"prefix":{"equals-ignore-case":"AB"}}]}""", "abc", true)]
    [InlineData("""{"a":["2001:db8::1"]}""", "2001:0db8:0::1", true)]
    public void Texts_are_matched_as_their_filter_says(string pattern, string text, bool matches) =>
        EventPattern.Parse(pattern).Matches(new JsonObject { ["a"] = text }).ShouldBe(matches);

    [Theory]
    [InlineData("123456789012345678", "123456789012345678", true)]
    [InlineData("123456789012345678", "123456789012345679", false)]
    [InlineData("3.0e2", "300", true)]
    public void Numbers_that_no_double_can_hold_are_compared_by_their_digits(
        string asked,
        string given,
        bool matches
    ) =>
        EventPattern
            .Parse($$"""{"a":[{{asked}}]}""")
            .Matches(JsonDocument.Parse($$"""{"a":{{given}}}""").RootElement)
            .ShouldBe(matches);

    [Theory]
    [InlineData("[]", "Filter is not an object")]
    [InlineData("{}", "Empty objects are not allowed")]
    [InlineData("""{"$or":[{"a":[1]}]}""", "There must have at least 2 Objects in $or relationship.")]
    [InlineData(
        """{"$or":[{"prefix":[1]},{"b":[1]}]}""",
        "prefix is Ruler reserved fieldName which cannot be used inside $or."
    )]
    [InlineData("""{"a":[{"prefix":"x","suffix":"y"}]}""", "Only one key allowed in match expression")]
    [InlineData("""{"a":[[1]]}""", "Match value must be String, number, true, false, or null")]
    [InlineData(
        """{"a":[{"anything-but":["x",1]}]}""",
        "Inside anything but list, either all values are number or string, mixed type is not supported"
    )]
    [InlineData("{", "")]
    public void A_broken_pattern_is_refused_with_its_reason(string pattern, string reason)
    {
        var refusal = Should.Throw<AwsException>(() => EventPattern.Parse(pattern));

        refusal.Code.ShouldBe("InvalidEventPatternException");
        refusal.Message.ShouldStartWith($"Event pattern is not valid. Reason: {reason}");
    }

    private static string Verdict(string name)
    {
        var vector = PatternVectors.Read(name);
        try
        {
            var pattern = EventPattern.Parse(PatternVectors.AsPythonWritesIt(vector["EventPattern"]!));
            return pattern.Matches(vector["Event"]!.AsObject()) ? "match" : "no match";
        }
        catch (AwsException refusal)
        {
            return $"{refusal.Code}: {refusal.Message}";
        }
    }
}
