using System.Text;
using Plumbline.Serving;
using Plumbline.Serving.Aws;

namespace Plumbline.Serving.Tests;

/// <summary>Bodies that must equal those of AWS's own XGBoost image, byte for byte.</summary>
public sealed class AwsAnswerTests
{
    private static readonly float[] TwoRows = [0.027636986f, 0.9712f];

    [Theory]
    [InlineData("0.90-2", null, "text/csv", "0.02763698622584343,0.9711999893188477")]
    [InlineData("1.0-1", "application/json", "text/csv", "0.02763698622584343,0.9711999893188477")]
    [InlineData("1.2-1", "image/png", "text/csv", "0.02763698622584343,0.9711999893188477")]
    [InlineData("1.2-2", null, "text/csv", "0.02763698622584343\n0.9711999893188477\n")]
    [InlineData("1.7-1", "*/*", "text/csv", "0.02763698622584343\n0.9711999893188477\n")]
    [InlineData("1.7-1", "text/csv", "text/csv", "0.02763698622584343\n0.9711999893188477\n")]
    [InlineData(
        "1.7-1",
        "application/json",
        "application/json",
        """{"predictions": [{"score": 0.02763698622584343}, {"score": 0.9711999893188477}]}"""
    )]
    [InlineData(
        "1.7-1",
        "application/jsonlines",
        "application/jsonlines",
        "{\"score\": 0.02763698622584343}\n{\"score\": 0.9711999893188477}\n"
    )]
    public void Each_version_writes_a_probability_a_row(string version, string? accept, string type, string body)
    {
        var answers = new AwsAnswers(Image(version), "binary:logistic", 0);

        answers.Type(accept).ShouldBe(type);
        Text(answers.Write(TwoRows, 2, type)).ShouldBe(body);
    }

    [Theory]
    [InlineData("1.0-1", "text/csv", "[0.25, 0.75],[0.5, 0.5]")]
    [InlineData("1.7-1", "text/csv", "0.25,0.75\n0.5,0.5\n")]
    [InlineData("1.7-1", "application/json", """{"predictions": [{"score": [0.25, 0.75]}, {"score": [0.5, 0.5]}]}""")]
    public void Probabilities_of_classes_are_a_list(string version, string type, string body) =>
        Text(new AwsAnswers(Image(version), "multi:softprob", 2).Write([0.25f, 0.75f, 0.5f, 0.5f], 2, type))
            .ShouldBe(body);

    [Theory]
    [InlineData(
        "binary:logistic",
        "application/json",
        """{"predictions": [{"predicted_label": 1, "labels": [0, 1], "probability": 0.75, "probabilities": [0.25, 0.75]}]}"""
    )]
    [InlineData("binary:logistic", "text/csv", "1,\"[0, 1]\",0.75,\"[0.25, 0.75]\"")]
    [InlineData(
        "binary:hinge",
        "application/jsonlines",
        "{\"predicted_label\": 0.75, \"labels\": [0, 1], \"probability\": NaN, \"probabilities\": NaN}\n"
    )]
    public void Selectable_inference_gives_what_it_is_asked_for(string objective, string type, string body)
    {
        var image = Image("1.7-1") with { Output = ["predicted_label", "labels", "probability", "probabilities"] };

        Text(new AwsAnswers(image, objective, 0).Write([0.75f], 1, type)).ShouldBe(body);
    }

    [Fact]
    public void An_objective_without_selectable_inference_says_so()
    {
        var image = Image("1.7-1") with { Output = ["predicted_score"] };

        var error = Should.Throw<RequestError>(() =>
            new AwsAnswers(image, "count:poisson", 0).Write([0.75f], 1, "text/csv")
        );

        (error.Status, error.Message).ShouldBe(
            (500, "Objective `count:poisson` unsupported for selectable inference predictions.")
        );
    }

    [Fact]
    public void Another_type_is_refused_in_AWS_words()
    {
        var error = Should.Throw<RequestError>(() =>
            new AwsAnswers(Image("1.7-1"), "binary:logistic", 0).Type("image/png")
        );

        (error.Status, error.Message).ShouldBe(
            (
                406,
                "Accept type image/png is not supported. Please use supported accept types: ['application/json', "
                    + "'application/jsonlines', 'application/x-recordio-protobuf', 'text/csv']."
            )
        );
    }

    [Fact]
    public void Recordio_protobuf_that_is_written_can_be_read_as_labels()
    {
        var body = new AwsAnswers(Image("1.7-1"), "binary:logistic", 0).Write(
            TwoRows,
            2,
            "application/x-recordio-protobuf"
        );

        Convert
            .ToHexString(body.AsSpan(0, 28))
            .ShouldBe("0A23D7CE" + "13000000" + "12110A0573636F726512081206" + "0A04" + "F666E23C" + "00");
        body.Length.ShouldBe(56);
    }

    [Fact]
    public void CSV_libsvm_and_recordio_protobuf_are_read_and_others_refused()
    {
        using var csv = AwsBody.Read("1,,3\n4,5,6\n"u8, "text/csv; label_size=0").Rows;
        using var semicolons = AwsBody.Read("1;2;3"u8, "csv").Rows;
        using var libsvm = AwsBody.Read("1 0:0.5 3:2\n0 1:1"u8, "text/x-libsvm").Rows;
        using var untyped = AwsBody.Read("0:0.5 3:2"u8, null).Rows;
        // One record, whose feature "values" is a float32 tensor of 1 and 2.
        var record = Convert.FromHexString(
            "0A23D7CE" + "18000000" + "0A160A0676616C756573120C120A0A080000803F00000040"
        );
        using var protobuf = AwsBody.Read(record, "application/x-recordio-protobuf").Rows;

        (csv.Rows, csv.Columns).ShouldBe((2, 3));
        (semicolons.Rows, semicolons.Columns).ShouldBe((1, 3));
        (libsvm.Rows, libsvm.Columns).ShouldBe((2, 4));
        (untyped.Rows, untyped.Columns).ShouldBe((1, 4));
        (protobuf.Rows, protobuf.Columns).ShouldBe((1, 2));
        foreach (
            var (body, type) in new[]
            {
                ("1,2\n3", "text/csv"),
                ("1,a", "text/csv"),
                ("0:x", "libsvm"),
                ("{}", "application/json"),
                ("xx", "recordio-protobuf"),
            }
        )
        {
            Should.Throw<RequestError>(() => AwsBody.Read(Encoding.UTF8.GetBytes(body), type)).Status.ShouldBe(415);
        }
    }

    [Theory]
    [InlineData("8080808008", "the key 2147483648 is too large: write keys of at most 100000000")]
    [InlineData("FFFFFFFFFFFFFFFFFF01", "the key 18446744073709551615 is too large")]
    public void Recordio_protobuf_with_a_key_that_no_row_can_have_is_refused(string key, string reason)
    {
        var tensor = "0A040000803F" + "12" + Length(key) + key;
        var value = "12" + Length(tensor) + tensor;
        var entry = "0A0676616C756573" + "12" + Length(value) + value;
        var record = "0A" + Length(entry) + entry;
        var frame = "0A23D7CE" + Length(record) + "000000" + record + new string('0', (8 - (record.Length % 8)) % 8);

        var refusal = Should.Throw<RequestError>(() =>
            AwsBody.Read(Convert.FromHexString(frame), "application/x-recordio-protobuf")
        );

        refusal.Status.ShouldBe(415);
        refusal.Message.ShouldContain($"record 1: {reason}");

        static string Length(string hex) => $"{hex.Length / 2:X2}";
    }

    [Fact]
    public void Recordio_protobuf_with_a_length_beyond_all_bounds_is_refused()
    {
        var frame = Convert.FromHexString("0A23D7CE" + "0C000000" + "0AFFFFFFFFFFFFFFFFFF0100");

        Should.Throw<RequestError>(() => AwsBody.Read(frame, "recordio-protobuf")).Status.ShouldBe(415);
    }

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(2, "2.0")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.25e-7, "1.25e-07")]
    [InlineData(123456789, "123456789.0")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(double.NaN, "nan")]
    public void Numbers_are_written_as_Python_prints_them(double number, string text) =>
        PythonText.Of(number).ShouldBe(text);

    private static AwsImage Image(string version) => new(Version.Parse(version.Replace('-', '.')));

    private static string Text(byte[] body) => Encoding.UTF8.GetString(body);
}
