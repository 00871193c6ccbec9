using Plumbline.Serving.Onnx.Signature;
using Plumbline.Testing;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Tests.Onnx;

public sealed class SignatureTests
{
    [Fact]
    public void The_defaults_are_those_of_the_page()
    {
        var signature = Read(
            """{"input":{"kind":"image","resize":{"exact":[8,9]}},"output":{"kind":"logits","labels":["a","b"]}}"""
        );

        var image = signature.Input.ShouldBeOfType<ImageInput>();
        image.Shape.ShouldBe([3, 8, 9]);
        (image.IsGray, image.IsBytes, image.Filter, image.Scale).ShouldBe(
            (false, false, Images.ResizeFilter.Bilinear, 1 / 255.0)
        );
        image.Mean.Concat(image.Std).ShouldBe([0, 0, 0, 1, 1, 1]);
        signature.Batch.ShouldBe(new BatchLimits(16, TimeSpan.Zero));
        signature.Output.Labels.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void The_example_of_the_page_is_valid()
    {
        var page = File.ReadAllText(Repository.Path("docs", "signature.json.md"));
        var signature = Read(page.Split("```json")[1].Split("```")[0]);

        var image = signature.Input.ShouldBeOfType<ImageInput>();
        (image.Width, image.Height, image.Shorter).ShouldBe((224, 224, 256));
        image.SizeOf(1000, 333).ShouldBe((768, 256));
        signature.Batch.ShouldBe(new BatchLimits(16, TimeSpan.FromMilliseconds(2)));
    }

    [Theory]
    [InlineData("[]", "it is not a JSON object")]
    [InlineData("{", "it is not JSON (byte 1 of line 1)")]
    [InlineData("{}", "input is missing")]
    [InlineData("""{"input":7}""", "input is not an object")]
    [InlineData("""{"input":{}}""", "input.kind is missing: write image, tensor, table or text")]
    [InlineData("""{"input":{"kind":"audio"}}""", "input.kind is 'audio': write image, tensor, table or text")]
    [InlineData(
        """{"input":{"kind":"image"}}""",
        "input.resize is missing: write {\"exact\": [height, width]}, or shorter with a crop"
    )]
    [InlineData(
        """{"input":{"kind":"image","resize":{}}}""",
        "input.resize.exact is not a size: write [height, width]"
    )]
    [InlineData(
        """{"input":{"kind":"image","resize":{"exact":[8,9],"filter":"bilinar"}}}""",
        "input.resize.filter is 'bilinar': write bilinear, nearest, box, bicubic or lanczos"
    )]
    [InlineData(
        """{"input":{"kind":"image","resize":{"exact":[8,0]}}}""",
        "input.resize.exact has 0: write a whole number from 1 to 4096"
    )]
    [InlineData(
        """{"input":{"kind":"image","resize":{"shorter":8}}}""",
        "input.crop is missing: after resize.shorter, write [height, width]"
    )]
    [InlineData(
        """{"input":{"kind":"image","resize":{"shorter":8},"crop":[9,8]}}""",
        "input.crop is [9, 8], larger than the resized picture"
    )]
    [InlineData(
        """{"input":{"kind":"image","resize":{"exact":[8,9]},"mean":[0.5]}}""",
        "input.mean has 1 numbers: write 3, one for each channel"
    )]
    [InlineData(
        """{"input":{"kind":"image","resize":{"exact":[8,9]},"std":[1,0,1]}}""",
        "input.std has a 0, by which nothing can be divided"
    )]
    [InlineData(
        """{"input":{"kind":"image","resize":{"exact":[8,9]},"dtype":"uint8","mean":0.5}}""",
        "input.mean does not fit dtype uint8, which takes the bytes as they are: remove it"
    )]
    [InlineData(
        """{"input":{"kind":"tensor"}}""",
        "input.shape is missing: write the lengths of one example, such as [3, 64]"
    )]
    [InlineData(
        """{"input":{"kind":"tensor","shape":4}}""",
        "input.shape has 4: write a list of whole numbers, such as [28, 28]"
    )]
    [InlineData(
        """{"input":{"kind":"tensor","shape":[3],"dtype":"int64"}}""",
        "input.dtype is not known here: write name, kind, shape"
    )]
    [InlineData("""{"input":{"kind":"tensor","shape":[3]}}""", "output is missing")]
    [InlineData("""{"input":{"kind":"tensor","shape":[3]},"output":{"kind":"logits"}}""", "output.labels is missing")]
    [InlineData(
        """{"input":{"kind":"tensor","shape":[3]},"output":{"kind":"logits","labels":["a"]}}""",
        "output.labels has 1 labels: write 2 to 100000"
    )]
    [InlineData(
        """{"input":{"kind":"tensor","shape":[3]},"output":{"kind":"logits","labels":["a",1]}}""",
        "output.labels has 1: write each of them as a text, such as \"cat\""
    )]
    [InlineData(
        """{"input":{"kind":"tensor","shape":[3]},"output":{"kind":"logits","labels":["a","a"]}}""",
        "output.labels has 'a' twice"
    )]
    [InlineData(
        """{"input":{"kind":"tensor","shape":[3]},"output":{"kind":"number"},"batch":{"max":0}}""",
        "batch.max has 0: write a whole number from 1 to 1024"
    )]
    [InlineData(
        """{"input":{"kind":"tensor","shape":[3]},"output":{"kind":"number"},"batch":{"wait":2}}""",
        "batch.wait is not known here: write max, wait_ms"
    )]
    public void A_mistake_is_named_by_its_member(string json, string message) =>
        Should.Throw<InputException>(() => Read(json)).Message.ShouldBe($"signature.json: {message}");

    private static ModelSignature Read(string json)
    {
        using var folder = new TemporaryFolder();
        folder.Write(ModelSignature.FileName, json);
        return ModelSignature.Read(folder.Path);
    }
}
