using System.Globalization;
using System.Net;
using Plumbline.Tables;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests.Onnx;

/// <summary>A model of numbers that gets the cells of a table, encoded as the training encoded them.</summary>
[Collection("processes")]
public sealed class OnnxTableTests
{
    [TorchFact]
    public async Task Cells_are_encoded_by_the_encoder_of_the_archive()
    {
        var encoder = Encoder();
        var folder = OnnxModels.Copy("binary");
        await File.WriteAllBytesAsync(folder.At("model", TableEncoder.FileName), encoder.ToJson());
        await File.WriteAllTextAsync(
            folder.At("model", "signature.json"),
            """{"input":{"kind":"table"},"output":{"kind":"logits","labels":["no","yes"]}}"""
        );
        using var numbers = await ServedOnnx.StartAsync("binary");
        using var table = await ServedOnnx.StartAsync(folder);
        var features = new float[encoder.Features];
        encoder.TryEncode(0, "41"u8, features);
        encoder.TryEncode(1, "Bern"u8, features);
        encoder.TryEncode(2, "yes"u8, features);
        encoder.TryEncode(3, "0.5"u8, features);

        var row = string.Join(',', features.Select(feature => feature.ToString(CultureInfo.InvariantCulture)));
        var expected = await numbers.PostAsync(row, "text/csv");

        expected.Status.ShouldBe(HttpStatusCode.OK, expected.Text);
        (await table.PostAsync("41,Bern,yes,0.5", "text/csv")).ShouldBe(expected);
        (await table.PostAsync("city,age,rate,member\nBern,41,0.5,yes", "text/csv")).ShouldBe(expected);
        const string Named = """{"age":41,"city":"Bern","member":true,"rate":0.5}""";
        (await table.PostAsync(Named, "application/json")).ShouldBe(expected);
        (await table.PostAsync("41,Bern,perhaps,0.5", "text/csv")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static TableEncoder Encoder()
    {
        var fit = new EncoderFit(
            new TableSchema
            {
                Columns =
                [
                    new Column("age", ColumnKind.Number),
                    new Column("city", ColumnKind.Category),
                    new Column("member", ColumnKind.Boolean),
                    new Column("rate", ColumnKind.Number),
                ],
            }
        );
        fit.Add(1, "Basel"u8);
        fit.Add(1, "Bern"u8);
        return fit.Finish();
    }
}
