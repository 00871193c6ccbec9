using System.Text.Json;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Train;

/// <summary>
/// The check that Plumbline's model server can serve the files that a program left, before an hour passes until the
/// evaluation finds out.
/// </summary>
internal static class ServableFiles
{
    private const string Onnx = "model.onnx";
    private const string Signature = "signature.json";

    /// <param name="folder">The model folder.</param>
    /// <param name="program">The program's name, for the message.</param>
    /// <param name="labels">The project's labels, which the signature must have in the same order; empty in a regression.</param>
    /// <exception cref="InputException">A file is missing, or the labels differ.</exception>
    public static void Check(string folder, string program, IReadOnlyList<string> labels)
    {
        bool Has(string name) => File.Exists(Path.Combine(folder, name));
        if (Has(ModelArchive.BoosterName))
        {
            return;
        }

        if (!Has(Onnx))
        {
            throw new InputException(
                program,
                $"it ended, but left no model in {folder}: write {Onnx} and {Signature}, or {ModelArchive.BoosterName}, there"
            );
        }

        if (!Has(Signature))
        {
            throw new InputException(
                program,
                $"it left {Onnx} without {Signature}, which says what comes in and what goes out: write both"
            );
        }

        if (LabelsIn(Path.Combine(folder, Signature)) is { Count: > 0 } own && !own.SequenceEqual(labels))
        {
            throw new InputException(
                program,
                $"it left {Signature} with the labels {string.Join(", ", own)}; "
                    + (
                        labels.Count == 0
                            ? "the project predicts numbers: write kind number, without labels"
                            : $"the project has {string.Join(", ", labels)}: write these, in this order"
                    )
            );
        }
    }

    private static IReadOnlyList<string> LabelsIn(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllBytes(file),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
            );
            return
                json.RootElement.TryGetProperty("output", out var output)
                && output.TryGetProperty("labels", out var labels)
                ? labels.Deserialize<string[]>() ?? []
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InputException(Signature, $"is not a valid signature: {exception.Message}");
        }
    }
}
