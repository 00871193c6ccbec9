using Plumbline.Serving.Onnx;
using Plumbline.Testing;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Tests.Onnx;

/// <summary>A model that does not fit its signature never starts.</summary>
[Collection("processes")]
public sealed class OnnxStartTests
{
    private const string Picture = "model.onnx: it takes 'input' float32 [batch, 3, 64, 64], and signature.json makes ";

    [TorchTheory]
    [InlineData("picture", "input.crop", "[32, 48]", Picture + "float32 [batch, 3, 32, 48]")]
    [InlineData("picture", "input.layout", "\"NHWC\"", Picture + "float32 [batch, 64, 64, 3]")]
    [InlineData("picture", "input.name", "\"x\"", "signature.json: input.name is 'x': model.onnx has 'input'")]
    [InlineData("picture", "output.name", "\"x\"", "signature.json: output.name is 'x': model.onnx has 'output'")]
    [InlineData(
        "picture",
        "output.labels",
        "[\"cat\", \"dog\"]",
        "model.onnx: it gives 'output' float32 [batch, 10], and signature.json names 2 labels"
    )]
    [InlineData(
        "tensor",
        "output",
        "{\"kind\": \"number\"}",
        "model.onnx: it gives 'output' float32 [batch, 3], and signature.json says one number"
    )]
    [InlineData(
        "tensor",
        "input.shape",
        "[7]",
        "model.onnx: it takes 'input' float32 [batch, 2, 3], and signature.json makes float32 [batch, 7]"
    )]
    [InlineData(
        "tensor",
        "input",
        "{\"kind\": \"text\", \"shape\": [1]}",
        "model.onnx: it takes 'input' float32 [batch, 2, 3], and signature.json makes string [batch, 1]"
    )]
    [InlineData(
        "bytes",
        "input",
        "{\"kind\": \"tensor\", \"shape\": [4, 3, 3]}",
        "model.onnx: it takes 'input' uint8 [batch, 4, 3, 3], and signature.json makes float32 [batch, 4, 3, 3]"
    )]
    public void A_signature_that_does_not_fit_is_refused_with_both_shapes(
        string model,
        string member,
        string value,
        string message
    )
    {
        using var folder = OnnxModels.Changed(model, member, value);

        Should.Throw<InputException>(() => OnnxModel.Load(folder.At("model"), 1)).Message.ShouldBe(message);
    }

    [TorchFact]
    public void An_export_that_fixed_the_batch_by_mistake_is_refused_or_runs_one_by_one()
    {
        using var folder = OnnxModels.Copy("one");

        Should
            .Throw<InputException>(() => OnnxModel.Load(folder.At("model"), 1))
            .Message.ShouldStartWith(
                "model.onnx: it cannot compute 'input' [2, 2, 3]: export it with a dynamic batch, or write \"batch\": {\"max\": 1} ("
            );
        using var single = OnnxModels.Changed("one", "batch", "{\"max\": 1}");
        using var model = OnnxModel.Load(single.At("model"), 1);
        model.Max.ShouldBe(1);
    }

    [TorchFact]
    public async Task The_server_ends_with_one_line_and_never_listens()
    {
        using var folder = OnnxModels.Changed("picture", "output.labels", "[\"cat\", \"dog\"]");
        using var damaged = OnnxModels.Copy("picture");
        File.WriteAllText(damaged.At("model", "model.onnx"), "not a model");
        using var without = OnnxModels.Copy("picture");
        File.Delete(without.At("model", "signature.json"));
        using var alone = OnnxModels.Copy("picture");
        File.Delete(alone.At("model", "model.onnx"));
        using var two = OnnxModels.Copy("picture");
        File.WriteAllText(two.At("model", "xgboost-model"), "");

        (await EndAsync(folder)).ShouldBe(
            "plumbline-serving: model.onnx: it gives 'output' float32 [batch, 10], and signature.json names 2 labels"
        );
        (await EndAsync(damaged)).ShouldStartWith("plumbline-serving: model.onnx: ONNX Runtime cannot load it: ");
        (await EndAsync(without)).ShouldBe(
            "plumbline-serving: signature.json: it is missing: write beside model.onnx what comes in and what goes out"
        );
        (await EndAsync(alone)).ShouldBe("plumbline-serving: model.onnx: it is missing beside signature.json");
        (await EndAsync(two)).ShouldBe(
            "plumbline-serving: model: it contains model.onnx and xgboost-model: keep one of them"
        );
    }

    private static async Task<string> EndAsync(TemporaryFolder folder)
    {
        using var run = ServedOnnx.Start(folder);
        (await run.ExitCodeAsync()).ShouldBe(1);
        return run.Output.Trim();
    }

    /// <summary>A theory that needs PyTorch; skipped without it.</summary>
    private sealed class TorchTheoryAttribute : TheoryAttribute
    {
        public TorchTheoryAttribute() => Skip = new TorchFactAttribute().Skip;
    }
}
