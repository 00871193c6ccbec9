using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Plumbline.Serving.Onnx.Signature;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Onnx;

/// <summary>A <c>model.onnx</c> that fits its signature, loaded by ONNX Runtime. Runs may overlap.</summary>
internal sealed class OnnxModel : IDisposable
{
    /// <summary>The file's name in a model's folder.</summary>
    public const string FileName = "model.onnx";

    private const long MostBytes = 1L << 30;

    private readonly InferenceSession session;
    private readonly RunOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly string inputName;
    private readonly string outputName;
    private readonly TensorElementType type;

    private OnnxModel(InferenceSession session, ModelSignature signature)
    {
        this.session = session;
        Signature = signature;
        (inputName, type) = SignatureCheck.Input(session, signature.Input);
        (outputName, Width) = SignatureCheck.Output(session, signature.Output);
        var max = SignatureCheck.Batch(session, inputName, signature.Batch);
        Max = max;
        ExampleBytes =
            signature.Input.Values
            * type switch
            {
                TensorElementType.String => 0,
                TensorElementType.UInt8 => 1,
                _ => sizeof(float),
            };
        if ((long)max * ExampleBytes > MostBytes)
        {
            throw new InputException(
                ModelSignature.FileName,
                $"batch.max is {max}, and an example has {ExampleBytes} bytes: write at most {MostBytes / ExampleBytes}"
            );
        }
    }

    public ModelSignature Signature { get; }

    /// <summary>The number of values that the model gives for an example.</summary>
    public int Width { get; }

    /// <summary>The number of values in an answer: one for each label, or one.</summary>
    public int AnswerWidth => Math.Max(1, Signature.Output.Labels.Count);

    /// <summary>The most examples of one run.</summary>
    public int Max { get; }

    public int ExampleBytes { get; }

    /// <summary>One line about the model for the log.</summary>
    public string Description =>
        $"{FileName}: {inputName} [{string.Join(", ", Signature.Input.Shape.Select(length => $"{length}").Prepend("batch"))}] to {outputName} [batch, {Width}]";

    /// <summary>Loads the model, and runs it once on zeros: a model that cannot answer must not start.</summary>
    /// <exception cref="InputException">
    /// A file is missing or damaged, or the model does not take or give what its signature says.
    /// </exception>
    public static OnnxModel Load(string folder, int threads)
    {
        var signature = ModelSignature.Read(folder);
        if (!File.Exists(Path.Combine(folder, FileName)))
        {
            throw new InputException(FileName, $"it is missing beside {ModelSignature.FileName}");
        }
        InferenceSession? session = null;
        try
        {
            using var settings = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                // Each error is an exception, too, and becomes one line of ours.
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            // A thread that spins between two requests costs more CPU time than the requests.
            settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            session = new InferenceSession(Path.Combine(folder, FileName), settings);
            var model = new OnnxModel(session, signature);
            model.Try();
            return model;
        }
        catch (OnnxRuntimeException e)
        {
            session?.Dispose();
            throw new InputException(FileName, $"ONNX Runtime cannot load it: {Reason(e)}");
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Returns the memory for one run at a time.</summary>
    public RunBuffer NewBuffer() => new(Max, ExampleBytes, AnswerWidth);

    /// <summary>Computes the answers to the first examples of a buffer.</summary>
    /// <exception cref="OnnxRuntimeException">The model cannot compute these examples.</exception>
    /// <exception cref="InputException">The model gives another number of values than its signature says.</exception>
    public void Run(RunBuffer buffer, int count)
    {
        using var input = type == TensorElementType.String ? Words(buffer, count) : Numbers(buffer, count);
        using var outputs = session.Run(options, [inputName], [input], [outputName]);
        var values = outputs[0].GetTensorDataAsSpan<float>();
        if (values.Length != count * Width)
        {
            var shape = string.Join(", ", outputs[0].GetTensorTypeAndShape().Shape);
            throw new InputException(
                FileName,
                $"it gives '{outputName}' [{shape}] for {count} examples, and {ModelSignature.FileName} says {Width} values for each"
            );
        }
        for (var i = 0; i < count; i++)
        {
            var row = buffer.Answers.AsSpan(i * AnswerWidth, AnswerWidth);
            values.Slice(i * Width, Width).CopyTo(row);
            Signature.Output.Finish(row, Width);
        }
    }

    public void Dispose()
    {
        session.Dispose();
        options.Dispose();
    }

    private OrtValue Numbers(RunBuffer buffer, int count) =>
        OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            type,
            ShapeOf(count),
            buffer.Address,
            (long)count * ExampleBytes
        );

    private OrtValue Words(RunBuffer buffer, int count)
    {
        var words = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, ShapeOf(count));
        for (var i = 0; i < count; i++)
        {
            words.StringTensorSetElementAt(buffer.Texts[i].AsSpan(), i);
        }
        return words;
    }

    private long[] ShapeOf(int count) => [count, .. Signature.Input.Shape];

    private void Try()
    {
        // Two, because an export that fixes the batch by mistake answers one example well.
        var count = Math.Min(2, Max);
        using var buffer = NewBuffer();
        try
        {
            Run(buffer, count);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException(
                FileName,
                $"it cannot compute '{inputName}' [{string.Join(", ", ShapeOf(count))}]"
                    + $"{(count > 1 ? ": export it with a dynamic batch, or write \"batch\": {\"max\": 1}" : "")} ({Reason(e)})"
            );
        }
    }

    /// <summary>The reason in one line, without the place in ONNX Runtime's own code.</summary>
    public static string Reason(OnnxRuntimeException e)
    {
        var line = e.Message.Split('\n')[0];
        var start = line.LastIndexOf(") ", StringComparison.Ordinal) + 1;
        return line[start..].Trim();
    }
}
