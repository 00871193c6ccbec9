using System.Net;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests.Onnx;

/// <summary>A model that takes strings: it counts the words "ham" and "späm, fried" among the whole texts.</summary>
[Collection("processes")]
public sealed class TextTests
{
    /// <summary>onnx.helper made it: TfIdfVectorizer from string [batch, 1] to float32 [batch, 2].</summary>
    private const string Model =
        "CAc6jwIKyQEKBWlucHV0EgZvdXRwdXQiD1RmSWRmVmVjdG9yaXplcioWCg9tYXhfZ3JhbV9sZW5ndGgYAaABAioVCg5tYXhfc2tpcF9jb3VudBgA"
        + "oAECKhYKD21pbl9ncmFtX2xlbmd0aBgBoAECKg0KBG1vZGUiAlRGoAEDKhMKDG5ncmFtX2NvdW50c0AAoAEHKhYKDW5ncmFtX2luZGV4ZXNAAEAB"
        + "oAEHKiQKDHBvb2xfc3RyaW5nc0oDaGFtSgxzcMOkbSwgZnJpZWSgAQgSBHRleHRaHAoFaW5wdXQSEwoRCAgSDQoHEgViYXRjaAoCCAFiHQoGb3V0"
        + "cHV0EhMKEQgBEg0KBxIFYmF0Y2gKAggCQgQKABAN";

    [Fact]
    public async Task Texts_come_plain_as_CSV_or_as_JSON()
    {
        var folder = new TemporaryFolder();
        folder.Write(
            "model/signature.json",
            """{"input":{"kind":"text","shape":[1]},"output":{"kind":"logits","labels":["ham","spam"]}}"""
        );
        await File.WriteAllBytesAsync(folder.At("model", "model.onnx"), Convert.FromBase64String(Model));
        using var server = await ServedOnnx.StartAsync(folder);

        const string Ham = "ham,0.7310586,0.26894143\n";
        const string Spam = "spam,0.26894143,0.7310586\n";
        async Task Answers(string body, string type, string answer) =>
            (await server.PostAsync(body, type, "text/csv")).ShouldBe((HttpStatusCode.OK, answer));

        await Answers("ham", "text/plain", Ham);
        await Answers("späm, fried", "text/plain; charset=utf-8", Spam);
        await Answers("ham\n\"späm, fried\"\n", "text/csv", Ham + Spam);
        await Answers("text\nham\n", "text/csv", Ham);
        await Answers("""[["späm, fried"],["ham"]]""", "application/json", Spam + Ham);
        await Answers("""{"instances":[{"text":"ham"}]}""", "application/json", Ham);
        (await server.PostAsync([0xFF, 0xFE], "text/plain")).ShouldBe(
            (HttpStatusCode.BadRequest, "the body is not UTF-8")
        );
        (await server.PostAsync("[]", "application/json")).ShouldBe((HttpStatusCode.BadRequest, "the body has no row"));
        (await server.PostAsync("x", "application/x-npy")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }
}
