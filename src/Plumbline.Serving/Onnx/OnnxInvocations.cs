using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Plumbline.Serving.Onnx.Signature;

namespace Plumbline.Serving.Onnx;

/// <summary>
/// <c>POST /invocations</c> for a model.onnx: reads the examples, waits for the batch that answers them, and writes the
/// answer in the form of every model of Plumbline. An invalid request is answered with 4xx and one line of text.
/// </summary>
internal sealed class OnnxInvocations : IDisposable
{
    private const int FirstAnswer = 1024;

    private readonly OnnxModel model;
    private readonly ExampleReader examples;
    private readonly Batcher batcher;
    private readonly Answers answers;

    /// <summary>Bounds the memory: a large picture takes 200 MB while it is decoded.</summary>
    private readonly SemaphoreSlim reading = new(Environment.ProcessorCount);

    /// <summary>Bounds the memory: no more examples are read than the next batches take.</summary>
    private readonly SemaphoreSlim places;

    /// <param name="model">The model.</param>
    /// <param name="threads">The number of processors that the model may use.</param>
    public OnnxInvocations(OnnxModel model, int threads)
    {
        this.model = model;
        examples = new ExampleReader(model);
        batcher = new Batcher(model, threads);
        answers = new Answers(model.Signature.Output.Labels, model.Signature.Output.AreSets);
        places = new SemaphoreSlim(Environment.ProcessorCount + 2 * model.Max);
    }

    /// <summary>The number of requests that the model answered, and of the runs that it took.</summary>
    public (long Requests, long Runs) Done => batcher.Done;

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var type = examples.TypeOf(context.Request.ContentType);
            var csv = MediaTypes.WantsCsv(context.Request.Headers.Accept);
            var body = context.Request.BodyReader;
            var result = await Invocations.ReadAllAsync(body, context.RequestAborted);
            await places.WaitAsync(context.RequestAborted);
            try
            {
                using var read = await ReadAsync(body, result.Buffer, type, context.RequestAborted);
                await batcher.RunAsync(read);
                Write(context.Response, read, csv);
            }
            finally
            {
                places.Release();
            }
        }
        catch (RequestError error)
        {
            await Invocations.RefuseAsync(context.Response, error.Status, error.Message);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Invocations.RefuseAsync(context.Response, error.StatusCode, Invocations.TooLarge);
        }
    }

    public void Dispose()
    {
        batcher.Dispose();
        reading.Dispose();
        places.Dispose();
    }

    private async Task<Examples> ReadAsync(
        PipeReader reader,
        ReadOnlySequence<byte> body,
        string type,
        CancellationToken cancel
    )
    {
        await reading.WaitAsync(cancel);
        try
        {
            if (body.IsSingleSegment)
            {
                return examples.Read(body.FirstSpan, type);
            }
            var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
            try
            {
                body.CopyTo(whole);
                return examples.Read(whole.AsSpan(0, (int)body.Length), type);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(whole);
            }
        }
        finally
        {
            // Also after a refusal: Kestrel closes a connection whose body is not read to its end.
            reader.AdvanceTo(body.End);
            reading.Release();
        }
    }

    private bool HasGap(Examples read, int row)
    {
        if (model.Signature.Input is NumbersInput)
        {
            var bytes = read.Bytes.Slice(row * model.ExampleBytes, model.ExampleBytes);
            foreach (var value in MemoryMarshal.Cast<byte, float>(bytes))
            {
                if (!float.IsFinite(value))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private void Write(HttpResponse response, Examples read, bool csv)
    {
        var values = read.Answers;
        for (var i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]))
            {
                continue;
            }
            // 5xx roll a deployment back: one caller's gaps must not.
            var row = i / model.AnswerWidth;
            throw HasGap(read, row)
                ? new RequestError(
                    StatusCodes.Status400BadRequest,
                    $"row {row + 1}: a value is missing or not a finite number, and the model has no answer for it"
                )
                : new RequestError(
                    StatusCodes.Status500InternalServerError,
                    $"row {row + 1}: the model's answer is not a finite number"
                );
        }
        var text = new AnswerText(FirstAnswer);
        try
        {
            answers.Write(response, values, csv, ref text);
        }
        finally
        {
            text.Dispose();
        }
    }
}
