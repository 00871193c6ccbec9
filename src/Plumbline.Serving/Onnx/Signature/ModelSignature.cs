using System.Text.Json;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Onnx.Signature;

/// <summary>The content of <c>signature.json</c>, beside <c>model.onnx</c>: docs/signature.json.md describes it.</summary>
internal sealed record ModelSignature(ModelInput Input, ModelOutput Output, BatchLimits Batch)
{
    /// <summary>The file's name in a model's folder.</summary>
    public const string FileName = "signature.json";

    private const int MostLabels = 100_000;
    private const int LargestBatch = 1024;
    private const int LongestWait = 1000;

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <param name="folder">The model's folder.</param>
    /// <exception cref="InputException">The file is missing, is not JSON, or a member of it is invalid.</exception>
    public static ModelSignature Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            throw new InputException(
                FileName,
                "it is missing: write beside model.onnx what comes in and what goes out"
            );
        }
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), Options);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Read(new SignatureSection(json.RootElement, ""), folder)
                : throw new InputException(FileName, "it is not a JSON object");
        }
        catch (JsonException e)
        {
            throw new InputException(
                FileName,
                $"it is not JSON (byte {e.BytePositionInLine} of line {e.LineNumber + 1})"
            );
        }
    }

    private static ModelSignature Read(SignatureSection root, string folder)
    {
        var input = InputReader.Read(root.Section("input"), folder);
        var output = ReadOutput(root.Section("output"));
        var batch = root.OptionalSection("batch") is { } section ? ReadBatch(section) : BatchLimits.Usual;
        root.End();
        return new ModelSignature(input, output, batch);
    }

    private static ModelOutput ReadOutput(SignatureSection section)
    {
        var name = section.OptionalText("name");
        var kind = section.Word(
            "kind",
            isRequired: true,
            "logits",
            "probabilities",
            "label_logits",
            "label_probabilities",
            "number"
        ) switch
        {
            "logits" => OutputKind.Logits,
            "probabilities" => OutputKind.Probabilities,
            "label_logits" => OutputKind.LabelLogits,
            "label_probabilities" => OutputKind.LabelProbabilities,
            _ => OutputKind.Number,
        };
        var labels = kind == OutputKind.Number && !section.Has("labels") ? [] : section.Texts("labels");
        if (kind == OutputKind.Number && labels.Count > 0)
        {
            throw section.Wrong("labels", "does not fit a number: remove it, or write kind logits or probabilities");
        }
        if (kind != OutputKind.Number && labels.Count is < 2 or > MostLabels)
        {
            throw section.Wrong("labels", $"has {labels.Count} labels: write 2 to {MostLabels}");
        }
        if (labels.CountBy(label => label).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
        {
            throw section.Wrong("labels", $"has '{twice}' twice");
        }
        section.End();
        return new ModelOutput(name, kind, labels);
    }

    private static BatchLimits ReadBatch(SignatureSection section)
    {
        var max = section.Whole("max", 1, LargestBatch, BatchLimits.Usual.Max);
        var wait = section.Whole("wait_ms", 0, LongestWait, 0);
        section.End();
        return new BatchLimits(max, TimeSpan.FromMilliseconds(wait));
    }
}
