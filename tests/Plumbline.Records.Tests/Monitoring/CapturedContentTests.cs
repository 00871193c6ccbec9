using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Monitoring;

/// <summary>Captured requests whose body is one example.</summary>
public class CapturedContentTests : JoinRuns
{
    private const string Answer = """{"predictions":[{"label":"dog","score":0.75,"probabilities":[0.25,0.75]}]}""";

    public CapturedContentTests() =>
        project = project with
        {
            Data = new DataDescription { Format = SourceFormat.Folders },
            Labels = ["cat", "dog"],
        };

    [Fact]
    public void An_image_that_AWS_captured_in_base64_is_one_prediction_with_its_bytes()
    {
        var one = Of("image/jpeg", Convert.ToBase64String(TinyImages.Jpeg), "BASE64");

        one.Content!.Body.ShouldBe(TinyImages.Jpeg);
        one.Content.Pinned.ShouldBe(Content.Of(TinyImages.Jpeg, "image/jpeg"));
        (one.Features, one.Predicted, one.Answer.Score).ShouldBe(("image/jpeg, 632 bytes", "dog", 0.75f));
        var correction = one.ToReviewItem("pets", ReviewList.Volunteered).Answer("cat", "ann", SampleRecords.Time);
        correction.Content.ShouldBe(one.Content.Pinned);
        CorrectionLog.ToLine(correction).ShouldNotContain("body");
    }

    [Fact]
    public void A_text_of_several_lines_is_one_prediction()
    {
        var text = "Hello, \"you\"\nand you";
        var body = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
        var one = Of("text/plain; charset=utf-8", body, "BASE64");

        one.Features.ShouldBe(text);
        one.Content!.Pinned.Type.ShouldBe("text/plain");
        Of("text/csv", text, "CSV").Features.ShouldBe(text);
    }

    [Fact]
    public void The_monitor_counts_images_and_offers_them_for_review_by_their_hash()
    {
        var line = Request("open", "image/jpeg", Convert.ToBase64String(TinyImages.Jpeg), "BASE64");
        captures.Add(line);
        captures.Add(Request("known", "image/jpeg", Convert.ToBase64String(TinyImages.Numbered(1)), "BASE64"));
        Label("known", "dog");

        var (join, report) = Run();

        (report.Counts.Captures, report.Counts.AuditLabels).ShouldBe((2, 1));
        var item = join.Offers.AuditQueue().Single();
        item.Content.ShouldBe(Content.Of(TinyImages.Jpeg, "image/jpeg"));
        RecordJson.Write(item).Length.ShouldBeLessThan(700);
    }

    private CapturedPrediction Of(string type, string data, string encoding) =>
        CapturedPrediction
            .OfLine(System.Text.Encoding.UTF8.GetBytes(Request("key", type, data, encoding)), new LabelNames(project))
            .Single();

    private static string Request(string key, string type, string data, string encoding) =>
        CaptureLines.Line(key, data, Answer, requestType: type, requestEncoding: encoding);
}
