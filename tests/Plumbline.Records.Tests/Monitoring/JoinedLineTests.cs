using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;

namespace Plumbline.Records.Tests.Monitoring;

/// <summary>The lines of a join: their layouts, their encodings, and those that cannot be read.</summary>
public class JoinedLineTests : JoinRuns
{
    [Fact]
    public void Every_layout_of_a_line_gives_the_same_join()
    {
        Capture("straße \"1\" \\ x", "dog");
        Capture("plain", "dog");
        Label("straße \"1\" \\ x", "dog");
        Label("plain", "dog");
        var expected = Run().Report.Counts;
        expected.AuditLabels.ShouldBe(2);
        foreach (var indented in new[] { false, true })
        {
            Rewrite(captures, indented);
            Rewrite(labels, indented);
            Run().Report.Counts.ShouldBe(expected);
        }
    }

    [Fact]
    public void A_label_whose_text_holds_escapes_is_read_in_full()
    {
        project = project with { Labels = ["a\"b", "c\\d", "e,{f}"] };
        foreach (var label in project.Labels)
        {
            Add(
                $"key of {label}",
                "1,2",
                new JsonObject { ["predictions"] = new JsonArray(new JsonObject { ["label"] = label }) }.ToJsonString()
            );
            Label($"key of {label}", label);
        }
        var (join, report) = Run();
        report.Value.ShouldBe(1);
        join.Counts.Unreadable.ShouldBe(0);
    }

    [Fact]
    public void A_base64_answer_is_decoded()
    {
        captures.Add(Line("a", "1,2", Convert.ToBase64String("dog"u8), "BASE64", "application/x-npy"));
        Label("a", "dog");
        Run().Report.Counts.AuditLabels.ShouldBe(1);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"id\":\"x\",\"joinKey\":\"visit-1\",\"label\":\"yes\"}")]
    [InlineData("null")]
    public void A_correction_that_cannot_be_read_is_named_and_the_figure_comes_all_the_same(string line)
    {
        Capture("a", "cat");
        Label("a", "cat");
        var (join, _) = Run();
        (join.Place, join.Line) = ("corrections/2026/03/01/12/app.jsonl", 7);
        join.AddCorrection(Encoding.UTF8.GetBytes(line));
        join.Counts.SetAside.First.Single().ShouldStartWith("corrections/2026/03/01/12/app.jsonl:7: is ");
        var window = MonitorWindow.Of(project.Monitor, At);
        MonitorReport
            .Of(project, "pets", window, join.Counts, null)
            .Explanation.ShouldContain("1 line cannot be read and is set aside: corrections/2026/03/01/12/app.jsonl:7");
    }

    [Theory]
    [InlineData("{\"groundTruthData\":{\"data\":\"cat\"},\"eventMetadata\":{\"eventId\":null}}")]
    [InlineData("{\"groundTruthData\":{\"data\":\"cat\",\"encoding\":1},\"eventMetadata\":{\"eventId\":\"a\"}}")]
    [InlineData("{\"groundTruthData\":null,\"eventMetadata\":{\"eventId\":\"a\"}}")]
    [InlineData("{\"groundTruthData\":{\"data\":\"cat\"},\"eventMetadata\":7}")]
    [InlineData("{\"eventMetadata\":{\"eventId\":\"\\ud800\"},\"groundTruthData\":{\"data\":\"cat\"}}")]
    [InlineData("7")]
    public void A_ground_truth_line_that_says_nothing_is_set_aside(string line)
    {
        labels.Add(line);
        Run().Join.Counts.SetAside.Lines.ShouldBe(1);
    }

    [Fact]
    public void An_empty_inference_id_leaves_the_event_id()
    {
        Capture(null, "cat", eventId: "e");
        labels.Add("""{"groundTruthData":{"data":"cat"},"eventMetadata":{"eventId":"e","inferenceId":null}}""");
        Run().Report.Labels.ShouldBe(1);
    }

    [Fact]
    public void Broken_lines_are_counted_and_do_no_harm()
    {
        Capture("a", "cat");
        captures.Add("{\"captureData\":");
        captures.Add("[]");
        labels.Add("nonsense");
        Label("a", "cat");
        var report = Run().Report;
        report.Counts.BrokenLines.ShouldBe(3);
        report.Labels.ShouldBe(1);
    }

    [Fact]
    public async Task Lines_are_read_whole_whatever_the_stream_hands_out()
    {
        string[] lines = ["a", new string('b', 700_000), "c"];
        foreach (var text in new[] { string.Join('\n', lines), string.Join("\r\n", lines) + "\n\n" })
        {
            var seen = new List<string>();
            using var stream = new Trickle(Encoding.UTF8.GetBytes(text));
            await LineReader.ReadAsync(stream, line => seen.Add(Encoding.UTF8.GetString(line)), default);
            seen.ShouldBe(lines);
        }
    }

    [Fact]
    public void A_JSON_request_is_reviewed_as_the_same_cells()
    {
        Add("a", """{"instances":[{"features":[1.5,2,null]}]}""", "dog");
        Add("b", "[[1.5,2],[3,4]]", "dog\ncat");
        Run()
            .Join.Offers.AuditQueue()
            .Select(item => item.Features)
            .ShouldBe(["1.5,2,", "1.5,2", "3,4"], ignoreOrder: true);
    }

    /// <summary>Writes the same records with their members in reverse order and with all possible escapes.</summary>
    private static void Rewrite(List<string> lines, bool indented)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var turned = Turned(JsonNode.Parse(lines[i])!).ToJsonString();
            lines[i] = indented ? turned.Replace("\":", "\" : ").Replace(",\"", " , \"") : turned;
        }
    }

    private static JsonNode Turned(JsonNode node) =>
        node is JsonObject members
            ? new JsonObject(
                members.Reverse().Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Turned(member.Value!)))
            )
            : node.DeepClone();

    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }
}
