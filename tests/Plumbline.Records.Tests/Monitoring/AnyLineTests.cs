using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Monitoring;

/// <summary>Anyone may write into the bucket: reading any line must end without an exception.</summary>
public sealed class AnyLineTests
{
    private static readonly string[] Values =
    [
        "null",
        "7",
        "-1e999",
        "\"\"",
        "\"x\"",
        "\"\\ud800\"",
        "[]",
        "{}",
        "[null]",
        "true",
    ];

    [Fact]
    public void A_capture_of_any_shape_is_read_or_left_out()
    {
        string[] labels = ["cat", "dog"];
        var rows = new CaptureRows(new LabelNames(labels));
        foreach (
            var line in Mutations(
                SampleRecords.Capture("a", "1,2", """{"predictions":[{"label":"cat","score":0.9}]}""")
            )
        )
        {
            var join = Join();
            Should.NotThrow(() => join.AddCapture(line), Encoding.UTF8.GetString(line));
            Should.NotThrow(() => join.Offers.AuditQueue());
            Should.NotThrow(() => rows.Read(line, (_, _, _, in _) => { }), Encoding.UTF8.GetString(line));
            Should.NotThrow(
                () => CapturedPrediction.OfLine(line, new LabelNames(labels)),
                Encoding.UTF8.GetString(line)
            );
        }
    }

    [Fact]
    public void Ground_truth_of_any_shape_is_read_or_set_aside()
    {
        foreach (var line in Mutations(new GroundTruthRecord { EventId = "a", Data = "cat" }.ToLine()))
        {
            var join = Join();
            Should.NotThrow(() => join.AddLabel(line), Encoding.UTF8.GetString(line));
            var labels = new DeliveredLabels(SampleRecords.Project(), "pets", []);
            var file = new DeliveredFile
            {
                Key = "k",
                ETag = "e",
                Written = SampleRecords.Time,
                Searched = SampleRecords.Time,
            };
            Should.NotThrow(
                () => labels.Add(line, 1, file, new DeliveryAuthor("s3://b/k", null, null), SampleRecords.Time),
                Encoding.UTF8.GetString(line)
            );
            (file.Unmatched + file.Unknown + file.SetAside.Lines).ShouldBe(1, Encoding.UTF8.GetString(line));
        }
    }

    [Fact]
    public void A_correction_of_any_shape_is_read_or_set_aside_and_a_data_set_can_be_made_of_what_was_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "data.csv",
            "label,a,b\n"
                + string.Concat(Enumerable.Range(0, 80).Select(i => $"{(i % 2 == 0 ? "cat" : "dog")},{i},{i % 7}\n"))
        );
        var read = new List<Correction>();
        foreach (var line in Mutations(CorrectionLog.ToLine(SampleRecords.Correction(1, "1,2"))))
        {
            var text = Encoding.UTF8.GetString(line);
            Should.NotThrow(() => Join().AddCorrection(line), text);
            if (CorrectionLog.TryParse(text, out var correction, out _))
                read.Add(correction);
        }

        Should.NotThrow(() =>
            Records.Data.DataSetBuilder.Build(
                SampleRecords.Project(),
                folder.At("data.csv"),
                read,
                [],
                folder.At("out"),
                SampleRecords.Time
            )
        );
    }

    private static QualityJoin Join() =>
        new(
            SampleRecords.Project(),
            "pets",
            MonitorWindow.Of(
                SampleRecords.Time.AddDays(-1),
                SampleRecords.Time.AddDays(1),
                SampleRecords.Time.AddDays(1)
            )
        );

    /// <summary>The line with each member replaced by each value, and removed; and lines of other content.</summary>
    private static IEnumerable<byte[]> Mutations(string line)
    {
        foreach (
            var nothing in (string[])[.. Values, "", "{", "nonsense", line[..^3], line + line, "\uFEFF" + line, "\0"]
        )
            yield return Encoding.UTF8.GetBytes(nothing);
        foreach (var path in Paths(JsonNode.Parse(line)!.AsObject(), []))
        {
            foreach (var value in Values.Append(null))
            {
                var root = JsonNode.Parse(line)!.AsObject();
                var parent = path[..^1].Aggregate(root, (at, name) => at[name]!.AsObject());
                parent.Remove(path[^1]);
                var text = root.ToJsonString();
                if (value is not null)
                {
                    parent[path[^1]] = "@here@";
                    text = root.ToJsonString().Replace("\"@here@\"", value, StringComparison.Ordinal);
                }

                yield return Encoding.UTF8.GetBytes(text);
            }
        }
    }

    private static IEnumerable<string[]> Paths(JsonObject node, string[] above)
    {
        foreach (var (name, value) in node)
        {
            string[] path = [.. above, name];
            yield return path;
            if (value is JsonObject inner)
            {
                foreach (var below in Paths(inner, path))
                    yield return below;
            }
        }
    }
}
