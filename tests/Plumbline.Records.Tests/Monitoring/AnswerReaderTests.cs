using System.Text;
using Plumbline.Records.Monitoring;

namespace Plumbline.Records.Tests.Monitoring;

public class AnswerReaderTests
{
    private static readonly string[] Pets = ["cat", "dog", "bird"];
    private static readonly string[] Binary = ["0", "1"];

    [Theory]
    [InlineData("""{"predictions":[{"label":"dog","score":0.8,"probabilities":[0.1,0.8,0.1]}]}""", 1)]
    [InlineData("""{"predictions": [ {"label": "dog"} ], "model": "x"}""", 1)]
    [InlineData("""{"predictions":[{"score":0.8,"label":"d\u006fg"}]}""", 1)]
    [InlineData("""{"predictions":[{"predicted_label":1,"score":[0.1,0.8,0.1]}]}""", 1)]
    [InlineData("""{"predictions":[[0.1,0.8,0.1]]}""", 1)]
    [InlineData("""{"predictions": [{"score": [0.1, 0.8, 0.1]}]}""", 1)]
    [InlineData("""{"predictions": [{"score": 2.0}]}""", 2)]
    [InlineData("""{"predictions": [{"score": 7.0}]}""", -1)]
    [InlineData("""{"label":"dog"}""", 1)]
    [InlineData("""{"label":2.0}""", 2)]
    [InlineData("""{"probabilities":[0.1,0.2,0.7]}""", 2)]
    [InlineData("[[0.1,0.8,0.1]]", 1)]
    [InlineData("dog\n", 1)]
    [InlineData("1", 1)]
    [InlineData("1.0", 1)]
    [InlineData("0.1,0.8,0.1", 1)]
    [InlineData("[0.1, 0.8, 0.1]\n", 1)]
    [InlineData("dog,1E-05,0.9,0.09999\n", 1)]
    [InlineData("\"dog\",0.1,0.8,0.1\n", 1)]
    [InlineData("wolf,0.1,0.8,0.1\n", -1)]
    [InlineData("wolf", -1)]
    [InlineData("7", -1)]
    [InlineData("""{"predictions":[{"label":"wolf","probabilities":[0.1,0.8,0.1]}]}""", -1)]
    public void One_row_is_read_in_every_form(string body, int expected)
    {
        var rows = Read(Pets, body);
        rows.Length.ShouldBe(1);
        rows[0].Class.ShouldBe(expected);
    }

    [Theory]
    [InlineData("cat\ndog\n")]
    [InlineData("[0.8, 0.1, 0.1]\n[0.1, 0.8, 0.1]")]
    [InlineData("0.8,0.1,0.1\r\n0.1,0.8,0.1\r\n")]
    [InlineData("""{"predictions":[{"label":"cat"},{"label":"dog"}]}""")]
    [InlineData("""[{"label":"cat"},{"label":"dog"}]""")]
    public void Several_rows_are_read_in_order(string body) =>
        Read(Pets, body).Select(row => row.Class).ShouldBe([0, 1]);

    [Fact]
    public void The_margin_is_between_the_first_and_the_second_class()
    {
        var row = Read(Pets, """{"predictions":[{"label":"dog","probabilities":[0.3,0.6,0.1]}]}""").Single();
        row.Margin.ShouldBe(0.3f, 1e-6f);
        row.Score.ShouldBe(0.6f);
        float.IsNaN(Read(Pets, "dog").Single().Margin).ShouldBeTrue();
    }

    [Theory]
    [InlineData("0.2", 0, 0.8, 0.6)]
    [InlineData("0.9", 1, 0.9, 0.8)]
    [InlineData("1,0.1,0.9", 1, 0.9, 0.8)]
    [InlineData("""{"predictions":[{"score":0.2}]}""", 0, 0.8, 0.6)]
    [InlineData("""{"predictions":[{"score":0.2,"predicted_label":0}]}""", 0, 0.8, 0.6)]
    [InlineData("""{"predictions":[{"label":"0","score":0.8,"probabilities":[0.8,0.2]}]}""", 0, 0.8, 0.6)]
    public void With_two_classes_a_probability_is_that_of_class_1(string body, int expected, float score, float margin)
    {
        var row = Read(Binary, body).Single();
        row.Class.ShouldBe(expected);
        row.Score.ShouldBe(score, 1e-6f);
        row.Margin.ShouldBe(margin, 1e-6f);
        row.Positive.ShouldBe(expected == 1 ? score : 1 - score, 1e-6f);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"predictions\":")]
    [InlineData("{\"predictions\":[]}")]
    [InlineData("<html>,<p>")]
    public void What_cannot_be_read_has_no_rows(string body) => Read(Pets, body).ShouldBeEmpty();

    [Fact]
    public void A_quoted_label_in_CSV_is_unquoted() =>
        Read(["a,\"b\"", "c"], "\"a,\"\"b\"\"\",0.9,0.1\nc,0.2,0.8\n").Select(row => row.Class).ShouldBe([0, 1]);

    [Theory]
    [InlineData("1", 0)]
    [InlineData("0", 1)]
    [InlineData("3", -1)]
    [InlineData("2", 2)]
    public void A_label_name_wins_over_a_class_index(string text, int expected) =>
        new LabelNames(["1", "0", "many"]).IndexOf(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);

    private static Answer[] Read(string[] labels, string body) =>
        new AnswerReader(new LabelNames(labels)).Read(Encoding.UTF8.GetBytes(body)).ToArray();
}
