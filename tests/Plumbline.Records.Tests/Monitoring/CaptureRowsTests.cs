using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Monitoring;

public class CaptureRowsTests
{
    private static readonly LabelNames Labels = new(["cat", "dog"]);

    [Fact]
    public void A_row_has_its_key_time_label_and_score()
    {
        var line = SampleRecords.Capture("straße \"1\"", "1,2", """{"predictions":[{"label":"dog","score":0.75}]}""");
        var row = Read(line).Rows.Single();
        row.Key.ShouldBe("straße \"1\"");
        row.Time.ShouldBe(SampleRecords.Time);
        row.Time.Offset.ShouldBe(TimeSpan.Zero);
        row.Answer.Class.ShouldBe(1);
        row.Answer.Score.ShouldBe(0.75f);
    }

    [Fact]
    public void Without_an_inference_id_the_event_id_is_the_key() =>
        Read(SampleRecords.Capture(null, "1", "dog")).Rows.Single().Key.ShouldBe("event-1");

    [Fact]
    public void Each_row_of_a_body_has_its_number_after_the_key() =>
        Read(SampleRecords.Capture("a", "1\n2\n3", "dog\ncat\nwolf\n"))
            .Rows.Select(row => (row.Key, row.Row, row.Answer.Class))
            .ShouldBe([("a#0", 0, 1), ("a#1", 1, 0), ("a#2", 2, -1)]);

    [Theory]
    [InlineData("{\"captureData\":")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void What_is_no_capture_has_no_rows(string line) => Read(line).Any.ShouldBeFalse();

    [Fact]
    public void A_time_that_is_none_or_an_answer_that_cannot_be_read_has_no_rows()
    {
        Read(SampleRecords.Capture("a", "1", "dog", time: "2026-13-01T12:00:00Z")).Any.ShouldBeFalse();
        Read(SampleRecords.Capture("a", "1", "dog", time: "today")).Any.ShouldBeFalse();
        Read(SampleRecords.Capture("a", "1", "{\"predictions\":")).Any.ShouldBeFalse();
    }

    [Fact]
    public void Half_a_surrogate_pair_makes_the_line_unreadable_and_nothing_worse() =>
        Read(SampleRecords.Capture("HERE", "1", "dog").Replace("HERE", "\\ud800")).Any.ShouldBeFalse();

    [Fact]
    public void No_mutation_of_a_line_is_worse_than_unreadable()
    {
        var random = Seeds.Random(7);
        string[] answers = ["dog", """{"predictions":[{"label":"dog","probabilities":[0.5,0.5]}]}"""];
        byte[] interesting = [.. "{}[]:,\"\\u0 -9eE"u8, 0, 0x80, 0xFF];
        for (var i = 0; i < 20_000; i++)
        {
            var line = Encoding.UTF8.GetBytes(SampleRecords.Capture("k\\\"é", "1,2", answers[i % 2]));
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                line[random.Next(line.Length)] = interesting[random.Next(interesting.Length)];
            var cut = line.AsSpan(0, random.Next(4) == 0 ? random.Next(line.Length) : line.Length);
            new CaptureRows(Labels).Read(cut, static (_, _, _, in _) => { });
            CapturedPrediction.OfLine(cut, new LabelNames(["cat", "dog"])).ShouldNotBeNull();
        }
    }

    /// <summary>Searching must give the same result as the parser, with any blanks and any order of members.</summary>
    [Fact]
    public void Blanks_between_tokens_change_nothing()
    {
        var line = SampleRecords.Capture("a\"},{\"b", "1", """{"predictions":[{"label":"cat","score":0.9}]}""");
        var spaced = line.Replace("\":", "\" : ").Replace(",\"", " ,\t\"");
        JsonDocument.Parse(spaced).ShouldNotBeNull();
        Read(spaced).Rows.ShouldBe(Read(line).Rows);
        Read(line).Rows.Single().Key.ShouldBe("a\"},{\"b");
    }

    [Fact]
    public void The_order_of_members_changes_nothing()
    {
        var line = SampleRecords.Capture(
            "a\"},{\"b",
            "1\"encoding\":",
            """{"predictions":[{"label":"cat","score":0.9}]}"""
        );
        var expected = Read(line).Rows;
        expected.Count.ShouldBe(1);
        string[] places =
        [
            "",
            "captureData",
            "captureData.endpointInput",
            "captureData.endpointOutput",
            "eventMetadata",
        ];
        for (var reversed = 1; reversed < 1 << places.Length; reversed++)
        {
            var tree = JsonNode.Parse(line)!;
            for (var place = 0; place < places.Length; place++)
            {
                if ((reversed & (1 << place)) != 0)
                    Reverse(
                        places[place]
                            .Split('.', StringSplitOptions.RemoveEmptyEntries)
                            .Aggregate(tree, (at, name) => at[name]!)
                    );
            }
            Read(tree.ToJsonString()).Rows.ShouldBe(expected, tree.ToJsonString());
        }
    }

    [Theory]
    [InlineData("\"captureData\":null")]
    [InlineData("\"captureData\":{\"endpointOutput\":null}")]
    [InlineData("\"captureData\":{\"endpointOutput\":{\"data\":{\"data\":\"dog\"},\"encoding\":[\"JSON\"]}}")]
    [InlineData("\"captureData\":[{\"endpointOutput\":{\"data\":\"dog\"}}]")]
    public void An_answer_of_another_shape_is_none_and_hides_nothing_after_it(string data)
    {
        var rest = """,\"eventMetadata\":{"eventId":"e","inferenceTime":"2026-03-01T12:00:00Z"}}""".Replace("\\", "");
        Read("{" + data + rest).Any.ShouldBeFalse();
        Read("{" + data + ",\"captureData\":{\"endpointOutput\":{\"data\":\"dog\"}}" + rest)
            .Rows.Single()
            .Key.ShouldBe("e");
    }

    [Fact]
    public async Task Offsets_lead_back_to_the_lines()
    {
        foreach (var end in new[] { "\n", "\r\n", "\n\n\r\n" })
        {
            string[] lines = ["first", new string('ü', 300_000), "x", "last"];
            var bytes = Encoding.UTF8.GetBytes(string.Join(end, lines));
            var seen = new List<string>();
            await LineReader.ReadAsync(
                new MemoryStream(bytes),
                (line, offset, number) =>
                {
                    bytes.AsSpan(0, (int)offset).Count((byte)'\n').ShouldBe((int)number - 1);
                    bytes.AsSpan((int)offset, line.Length).SequenceEqual(line).ShouldBeTrue();
                    seen.Add(Encoding.UTF8.GetString(line));
                },
                default
            );
            seen.Where(line => line.Length > 0).ShouldBe(lines);
        }
    }

    private static void Reverse(JsonNode node)
    {
        var members = node.AsObject().Reverse().ToList();
        node.AsObject().Clear();
        members.ForEach(node.AsObject().Add);
    }

    private static (bool Any, List<(string Key, DateTimeOffset Time, int Row, Answer Answer)> Rows) Read(string line)
    {
        var rows = new List<(string, DateTimeOffset, int, Answer)>();
        var any = new CaptureRows(Labels).Read(
            Encoding.UTF8.GetBytes(line),
            (key, time, row, in answer) => rows.Add((Encoding.UTF8.GetString(key), time, row, answer))
        );
        return (any, rows);
    }
}
