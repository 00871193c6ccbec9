using Microsoft.AspNetCore.Http;
using Microsoft.ML.OnnxRuntime;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Onnx;

/// <summary>A thread that runs one batch after the other.</summary>
internal sealed class BatchRunner : IDisposable
{
    private readonly Batcher batcher;
    private readonly OnnxModel model;
    private readonly RunBuffer buffer;
    private readonly Thread thread;

    public BatchRunner(Batcher batcher, OnnxModel model)
    {
        (this.batcher, this.model) = (batcher, model);
        buffer = model.NewBuffer();
        thread = new Thread(RunAll) { Name = "batches", IsBackground = true };
        thread.Start();
    }

    /// <summary>Waits for the end of the thread, after <see cref="Batcher.Gather"/> has returned false.</summary>
    public void Dispose()
    {
        thread.Join();
        buffer.Dispose();
    }

    private void RunAll()
    {
        var parts = new List<BatchPart>();
        while (batcher.Gather(parts))
        {
            try
            {
                Run(parts);
            }
            catch (RequestError) when (parts.Count > 1)
            {
                // One request that the model cannot compute must not fail those beside it.
                foreach (var part in parts)
                {
                    RunAlone(part);
                }
            }
            catch (RequestError error)
            {
                parts[0].Request.Fail(error);
            }
            batcher.EndRun();
            foreach (var (request, _, count) in parts)
            {
                request.Finish(count);
            }
            parts.Clear();
        }
    }

    private void RunAlone(BatchPart part)
    {
        try
        {
            Run([part]);
        }
        catch (RequestError error)
        {
            part.Request.Fail(error);
        }
    }

    /// <exception cref="RequestError">500: the model cannot compute the batch.</exception>
    private void Run(List<BatchPart> parts)
    {
        var total = 0;
        foreach (var part in parts)
        {
            Copy(part, total);
            total += part.Count;
        }
        try
        {
            model.Run(buffer, total);
        }
        catch (Exception e) when (e is OnnxRuntimeException or InputException)
        {
            var reason = e is OnnxRuntimeException error ? OnnxModel.Reason(error) : e.Message;
            throw new RequestError(
                StatusCodes.Status500InternalServerError,
                $"the model cannot compute the request: {reason}"
            );
        }
        var (at, width) = (0, model.AnswerWidth);
        foreach (var (request, from, count) in parts)
        {
            buffer.Answers.AsSpan(at * width, count * width).CopyTo(request.Examples.Answers[(from * width)..]);
            at += count;
        }
    }

    private void Copy(BatchPart part, int to)
    {
        var (length, examples) = (model.ExampleBytes, part.Request.Examples);
        examples.Bytes.Slice(part.From * length, part.Count * length).CopyTo(buffer.Examples[(to * length)..]);
        if (examples.Texts.Length > 0)
        {
            examples.Texts.AsSpan(part.From, part.Count).CopyTo(buffer.Texts.AsSpan(to));
        }
    }
}
