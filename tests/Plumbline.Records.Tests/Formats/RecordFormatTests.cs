using System.Text.Json;
using Plumbline.Aws.Formats;

namespace Plumbline.Records.Tests.Formats;

public class RecordFormatTests
{
    private const string Documented = """
        {"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":"1,2,3","encoding":"CSV"},"endpointOutput":{"observedContentType":"application/json","mode":"OUTPUT","data":"{\"label\":3}","encoding":"JSON"}},"eventMetadata":{"eventId":"d6a0cd07-9ee8-4ee6-9b50-3b5ec49ac15b","inferenceId":"mine","inferenceTime":"2022-02-14T17:25:06Z"},"eventVersion":"0"}
        """;

    [Fact]
    public void A_capture_line_of_AWS_makes_a_round_trip_byte_for_byte()
    {
        var record = CaptureRecord.Parse(Documented);
        record.CaptureData.EndpointOutput!.Text.ShouldBe("{\"label\":3}");
        record.EventMetadata.InferenceId.ShouldBe("mine");
        record.ToLine().ShouldBe(Documented);
    }

    [Fact]
    public void A_captured_body_in_base64_has_its_text()
    {
        var body = new CapturedBody
        {
            Mode = "INPUT",
            Data = Convert.ToBase64String("5,6"u8),
            Encoding = "BASE64",
        };
        body.Text.ShouldBe("5,6");
    }

    [Fact]
    public void A_ground_truth_line_is_as_AWS_wants_it()
    {
        new GroundTruthRecord { EventId = "mine", Data = "1" }
            .ToLine()
            .ShouldBe(
                """{"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"mine"},"eventVersion":"0"}"""
            );
    }

    [Fact]
    public void A_ground_truth_line_is_joined_by_its_inference_id_where_it_has_one()
    {
        var line =
            """{"groundTruthData":{"data":1,"encoding":"CSV"},"eventMetadata":{"eventId":"e","inferenceId":"i"}}""";
        var record = GroundTruthRecord.Parse(line);
        record.EventId.ShouldBe("i");
        record.Data.ShouldBe("1");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"groundTruthData\":{}}")]
    [InlineData("not json")]
    public void What_is_no_ground_truth_line_is_refused(string line) =>
        Should.Throw<JsonException>(() => GroundTruthRecord.Parse(line));
}
