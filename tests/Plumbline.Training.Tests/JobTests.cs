using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Training.Serving;

namespace Plumbline.Training.Tests;

/// <summary>The library that a project's own program reads its job with.</summary>
public sealed class JobTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Hyperparameters_are_read_as_texts_and_numbers_or_named_in_the_message()
    {
        var parameters = new JobParameters(
            JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"size":"32","rate":"0.5","bare":7}""")!
        );

        parameters.Whole("size").ShouldBe(32);
        parameters.Number("rate").ShouldBe(0.5);
        parameters.Whole("bare").ShouldBe(7);
        parameters.Number("absent", 0.1).ShouldBe(0.1);
        Should
            .Throw<InvalidDataException>(() => parameters.Whole("rate"))
            .Message.ShouldBe("hyperparameter rate: '0.5' is not a whole number");
        Should
            .Throw<InvalidDataException>(() => parameters.Number("absent"))
            .Message.ShouldStartWith("hyperparameter absent is missing: write it into training.hyperparameters");
    }

    [Fact]
    public void Rows_come_from_every_file_of_a_channel_and_an_empty_cell_is_missing()
    {
        folder.Write("b.csv", "1,0.5,-2\n");
        folder.Write("a/a.csv", "0,1e3,\n\n");

        var rows = LabelledRow.ReadAll(folder.Path, "train");

        rows.Select(row => row.Label).ShouldBe([0, 1]);
        rows[0].Features.ShouldBe([1000, float.NaN]);
        rows[1].Features.ShouldBe([0.5f, -2]);
    }

    [Fact]
    public void A_cell_that_is_not_a_number_is_named_with_its_line()
    {
        folder.Write("a.csv", "0,1\n1,red\n");

        Should
            .Throw<InvalidDataException>(() => LabelledRow.ReadAll(folder.Path, "train"))
            .Message.ShouldBe("channel train, a.csv:2: 'red' is not a number");
    }

    [Fact]
    public void A_table_with_other_kinds_of_columns_says_what_to_read()
    {
        folder.Write("schema.json", "{}");

        Should
            .Throw<InvalidDataException>(() => LabelledRow.ReadAll(folder.Path, "train"))
            .Message.ShouldContain("read the cells of its CSVs, by schema.json");
    }

    [Fact]
    public void Examples_that_are_not_a_table_say_what_to_read()
    {
        folder.Write("examples.jsonl", "{}\n");

        Should
            .Throw<InvalidDataException>(() => LabelledRow.ReadAll(folder.Path, "train"))
            .Message.ShouldBe(
                "channel train: the examples of examples.jsonl are images or texts: read them by Job.Contents"
            );
    }

    [Fact]
    public void Texts_are_read_from_the_content_channel_by_their_list()
    {
        folder.Write("content/1f0a.txt", "späm, fried");
        folder.Write(
            "train/examples.jsonl",
            """{"source-ref":"s3://loop/content/1f0a.txt","label":"spam","class":1,"content":{"sha256":"1f0a","type":"text/plain","size":12},"key":"1f0a","id":"message-17","origin":"base"}"""
        );

        var text = LabelledContent.ReadAll(folder.At("train"), "train", folder.At("content")).Single();

        (text.Id, text.Label, text.Type, text.Weight, text.ReadText()).ShouldBe(
            ("message-17", 1, "text/plain", 1, "späm, fried")
        );
    }

    [Theory]
    [InlineData(
        "",
        "channel train: examples.jsonl is missing: only projects with data.format folders or manifest have it; read a table by Job.Rows"
    )]
    [InlineData("[]", "channel train, examples.jsonl:1 is not an example: ")]
    [InlineData("""{"id":"a"}""", "channel train, examples.jsonl:1 is not an example: ")]
    [InlineData(
        """{"id":"a","class":0,"content":{"type":"text/plain"},"source-ref":"s3://loop/content/1f.txt"}""",
        "channel train, examples.jsonl:1: 1f.txt is missing in the channel content"
    )]
    public void A_list_of_texts_that_cannot_be_read_is_named_with_its_line(string list, string message)
    {
        if (list.Length > 0)
        {
            folder.Write("examples.jsonl", list);
        }

        Should
            .Throw<InvalidDataException>(() => LabelledContent.ReadAll(folder.Path, "train", folder.Path))
            .Message.ShouldStartWith(message);
    }

    [Fact]
    public void The_newest_checkpoint_replaces_the_older_one()
    {
        var checkpoints = new JobCheckpoints(folder.At("checkpoints"));
        checkpoints.Newest().ShouldBeNull();

        checkpoints.Write(9, "nine"u8);
        checkpoints.Write(10, "ten"u8);

        var newest = checkpoints.Newest()!.Value;
        (newest.Epochs, System.Text.Encoding.UTF8.GetString(newest.Content)).ShouldBe((10, "ten"));
        Directory.GetFiles(folder.At("checkpoints")).Length.ShouldBe(1);
    }

    [Fact]
    public void A_network_whose_sizes_do_not_fit_is_refused()
    {
        DenseLayer Layer(int inputs, int outputs) =>
            new(inputs, outputs, new float[inputs * outputs], new float[outputs]);
        Action Writing(params DenseLayer[] layers) => () => ServableModel.Write(folder.Path, layers, ["no", "yes"]);

        Writing(Layer(2, 3), Layer(4, 2))
            .ShouldThrow<ArgumentException>()
            .Message.ShouldContain("Layer 1 takes 4 inputs, but the layer before it has 3 outputs.");
        Writing(Layer(2, 3)).ShouldThrow<ArgumentException>().Message.ShouldContain("for each of the 2 labels");
        Writing(Layer(2, 2) with { Biases = [1] })
            .ShouldThrow<ArgumentException>()
            .Message.ShouldContain("2 inputs and 2 outputs need 4 and 2.");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }
}
