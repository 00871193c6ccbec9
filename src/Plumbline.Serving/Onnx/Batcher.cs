using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.ML.OnnxRuntime;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Onnx;

/// <summary>
/// Runs the examples of requests that arrive together as one batch, on one thread; the model computes one run with all
/// its threads. While a run lasts, the next batch gathers. An idle model waits for more only if the requests before
/// came together, too, so that a caller that is alone never waits.
/// </summary>
internal sealed class Batcher : IDisposable
{
    private readonly OnnxModel model;
    private readonly Queue<Waiting> queue = new();
    private readonly object gate = new();
    private readonly Thread runner;
    private readonly List<(Waiting Request, int From, int Count)> parts = [];
    private readonly float[] answers;
    private int gathered;
    private bool areTogether;
    private bool isEnding;

    public Batcher(OnnxModel model)
    {
        this.model = model;
        answers = new float[model.Max * model.AnswerWidth];
        runner = new Thread(RunAll) { Name = "batches", IsBackground = true };
        runner.Start();
    }

    /// <summary>The number of requests that were answered, and of the runs that it took.</summary>
    public (long Requests, long Runs) Done { get; private set; }

    /// <summary>Waits until the model has answered all examples; the answers are in them.</summary>
    /// <exception cref="RequestError">500: the model cannot compute them.</exception>
    public Task RunAsync(Examples examples)
    {
        var waiting = new Waiting(examples);
        lock (gate)
        {
            queue.Enqueue(waiting);
            gathered += examples.Count;
            if (queue.Count == 1 || gathered >= model.Max)
            {
                Monitor.Pulse(gate);
            }
        }
        return waiting.Answered.Task;
    }

    public void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.Pulse(gate);
        }
        runner.Join();
    }

    private void RunAll()
    {
        while (Gather())
        {
            var count = 0;
            foreach (var (request, from, size) in parts)
            {
                Copy(request, from, size, count);
                count += size;
            }
            try
            {
                Run(count);
            }
            catch (RequestError) when (parts.Count > 1)
            {
                RunAlone();
            }
            catch (RequestError error)
            {
                parts[0].Request.Error = error;
            }
            Finish();
        }
    }

    /// <summary>Takes the parts of the next batch from the queue; false at the end.</summary>
    private bool Gather()
    {
        parts.Clear();
        lock (gate)
        {
            while (queue.Count == 0 && !isEnding)
            {
                Monitor.Wait(gate);
            }
            if (queue.Count == 0)
            {
                return false;
            }
            if (areTogether && model.Signature.Batch.Wait > TimeSpan.Zero)
            {
                WaitForMore(queue.Peek().Since);
            }
            var room = model.Max;
            while (room > 0 && queue.TryPeek(out var next))
            {
                var size = Math.Min(room, next.Examples.Count - next.Taken);
                parts.Add((next, next.Taken, size));
                next.Taken += size;
                room -= size;
                gathered -= size;
                if (next.Taken == next.Examples.Count)
                {
                    queue.Dequeue();
                }
            }
            areTogether = parts.Count > 1 || queue.Count > 0;
            return true;
        }
    }

    private void WaitForMore(long since)
    {
        while (gathered < model.Max && !isEnding)
        {
            var left = model.Signature.Batch.Wait - Stopwatch.GetElapsedTime(since);
            if (left <= TimeSpan.Zero || !Monitor.Wait(gate, left))
            {
                return;
            }
        }
    }

    private void Copy(Waiting request, int from, int size, int to)
    {
        var length = model.ExampleBytes;
        request.Examples.Bytes.Slice(from * length, size * length).CopyTo(model.Examples[(to * length)..]);
        if (request.Examples.Texts is { Length: > 0 } texts)
        {
            texts.AsSpan(from, size).CopyTo(model.Texts.AsSpan(to));
        }
    }

    private void Run(int count)
    {
        try
        {
            Done = (Done.Requests, Done.Runs + 1);
            model.Run(count, answers);
        }
        catch (OnnxRuntimeException e)
        {
            throw Failed(OnnxModel.Reason(e));
        }
        catch (InputException e)
        {
            throw Failed(e.Message);
        }
        var at = 0;
        foreach (var (request, from, size) in parts)
        {
            Answer(request, from, size, at);
            at += size;
        }
    }

    private static RequestError Failed(string reason) =>
        new(StatusCodes.Status500InternalServerError, $"the model cannot compute the request: {reason}");

    /// <summary>One request that the model cannot compute must not fail those beside it.</summary>
    private void RunAlone()
    {
        foreach (var part in parts.ToList())
        {
            parts.Clear();
            parts.Add(part);
            Copy(part.Request, part.From, part.Count, 0);
            try
            {
                Run(part.Count);
            }
            catch (RequestError error)
            {
                part.Request.Error = error;
            }
            Finish();
        }
        parts.Clear();
    }

    private void Answer(Waiting request, int from, int size, int at)
    {
        var width = model.AnswerWidth;
        answers.AsSpan(at * width, size * width).CopyTo(request.Examples.Answers[(from * width)..]);
    }

    private void Finish()
    {
        foreach (var (request, from, size) in parts)
        {
            if (from + size < request.Examples.Count)
            {
                continue;
            }
            Done = (Done.Requests + 1, Done.Runs);
            if (request.Error is { } error)
            {
                request.Answered.SetException(error);
            }
            else
            {
                request.Answered.SetResult();
            }
        }
    }

    private sealed class Waiting(Examples examples)
    {
        public Examples Examples { get; } = examples;

        public long Since { get; } = Stopwatch.GetTimestamp();

        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The number of examples that are in a batch already.</summary>
        public int Taken { get; set; }

        public RequestError? Error { get; set; }
    }
}
