using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>Doubles on the wire: readers without a model recognize them by their fraction.</summary>
public sealed class DoubleTests
{
    private static readonly ServiceModel CloudWatch = ServiceModel.For("monitoring");

    [Theory]
    [InlineData(30, "30.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.25, "0.25")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_double_is_written_with_a_fraction_or_an_exponent(double number, string text) =>
        Numbers.Text(number).ShouldBe(text);

    [Theory]
    [InlineData("json", "\"Threshold\":30.0")]
    [InlineData("query", "<Threshold>30.0</Threshold>")]
    public void An_answer_has_doubles_where_the_model_says_so_and_integers_elsewhere(string protocol, string expected)
    {
        var body = Encoding.UTF8.GetString(Answer(protocol, 30).Body.Span);

        body.ShouldContain(expected);
        body.ShouldContain(protocol == "json" ? "\"Period\":60," : "<Period>60</Period>");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("query")]
    [InlineData("smithy-rpc-v2-cbor")]
    public void A_client_reads_every_double_as_it_was(string protocol)
    {
        foreach (var number in (double[])[30, 0, -7, 0.1, 1e300, 123456789012345680, double.PositiveInfinity])
        {
            var read = CodecTable
                .For(CloudWatch, protocol)
                .ReadResponse(CloudWatch.Operations["DescribeAlarms"], Answer(protocol, number));

            read.Objects("MetricAlarms").Single().Double("Threshold").ShouldBe(number);
        }
    }

    [Theory]
    [InlineData("30")]
    [InlineData("30.0")]
    [InlineData("3e1")]
    public void A_server_takes_a_double_however_a_client_writes_it(string number)
    {
        var operation = CloudWatch.Operations["PutMetricAlarm"];
        var codec = CodecTable.For(CloudWatch, "json");
        var request = codec.WriteRequest(operation, []) with
        {
            Body = Encoding.UTF8.GetBytes($$"""{"Threshold":{{number}},"Period":60}"""),
        };

        var read = codec.ReadRequest(operation, request);

        read.Double("Threshold").ShouldBe(30);
        read.Long("Period").ShouldBe(60);
    }

    private static WireResponse Answer(string protocol, double threshold)
    {
        var alarm = new JsonObject
        {
            ["Period"] = 60,
            ["Threshold"] = double.IsFinite(threshold) ? threshold : Numbers.Text(threshold),
            ["AlarmName"] = "a",
        };
        var output = new JsonObject { ["MetricAlarms"] = new JsonArray(alarm) };
        return CodecTable
            .For(CloudWatch, protocol)
            .WriteResponse(CloudWatch.Operations["DescribeAlarms"], output, "id");
    }
}
