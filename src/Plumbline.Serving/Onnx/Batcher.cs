using System.Diagnostics;
using Plumbline.Serving.Onnx.Signature;

namespace Plumbline.Serving.Onnx;

/// <summary>
/// Gathers the examples of requests that arrive together into batches. While a run lasts, the next batch gathers; a
/// quarter of a batch runs beside it, because one run seldom keeps all processors busy. An idle model waits for more
/// only if the requests before came together, too, so that a caller that is alone never waits.
/// </summary>
internal sealed class Batcher : IDisposable
{
    private const int MostRunners = 4;

    private readonly Queue<WaitingRequest> queue = new();
    private readonly object gate = new();
    private readonly List<BatchRunner> runners;
    private readonly BatchLimits limits;
    private readonly int max;
    private readonly int enough;

    private int gathered;
    private int running;
    private bool isGathering;
    private bool areTogether;
    private bool isEnding;
    private long requests;
    private long runs;

    /// <param name="model">The model.</param>
    /// <param name="threads">The number of processors that the model may use.</param>
    public Batcher(OnnxModel model, int threads)
    {
        limits = model.Signature.Batch;
        max = model.Max;
        enough = Math.Max(1, max / MostRunners);
        runners = [.. Enumerable.Range(0, Math.Min(threads, MostRunners)).Select(_ => new BatchRunner(this, model))];
    }

    /// <summary>The number of requests that arrived, and of the runs so far.</summary>
    public (long Requests, long Runs) Done => (requests, runs);

    /// <summary>Waits until the model has answered all examples; the answers are in them.</summary>
    /// <exception cref="RequestError">500: the model cannot compute them.</exception>
    public Task RunAsync(Examples examples)
    {
        var request = new WaitingRequest(examples);
        lock (gate)
        {
            requests++;
            queue.Enqueue(request);
            gathered += examples.Count;
            if (gathered >= enough || (running == 0 && queue.Count == 1))
            {
                Monitor.PulseAll(gate);
            }
        }
        return request.Answered.Task;
    }

    /// <summary>Waits for the next batch, and takes its parts from the queue.</summary>
    /// <param name="parts">Receives the parts.</param>
    /// <returns>False if there will be no more.</returns>
    public bool Gather(List<BatchPart> parts)
    {
        lock (gate)
        {
            while (!isEnding && (isGathering || queue.Count == 0 || (running > 0 && gathered < enough)))
            {
                Monitor.Wait(gate);
            }
            if (running == 0 && areTogether && queue.Count > 0 && limits.Wait > TimeSpan.Zero)
            {
                WaitForMore(queue.Peek().Since);
            }
            if (queue.Count == 0)
            {
                return false;
            }
            Take(parts);
            running++;
            runs++;
            return true;
        }
    }

    /// <summary>Ends the run that <see cref="Gather"/> began.</summary>
    public void EndRun()
    {
        lock (gate)
        {
            running--;
            Monitor.PulseAll(gate);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }
        foreach (var runner in runners)
        {
            runner.Dispose();
        }
    }

    private void WaitForMore(long since)
    {
        // Nobody else takes from the queue meanwhile.
        isGathering = true;
        while (gathered < max && !isEnding)
        {
            var left = limits.Wait - Stopwatch.GetElapsedTime(since);
            if (left <= TimeSpan.Zero || !Monitor.Wait(gate, left))
            {
                break;
            }
        }
        isGathering = false;
    }

    private void Take(List<BatchPart> parts)
    {
        var room = max;
        while (room > 0 && queue.TryPeek(out var next))
        {
            var count = Math.Min(room, next.Examples.Count - next.Taken);
            parts.Add(new BatchPart(next, next.Taken, count));
            next.Taken += count;
            room -= count;
            gathered -= count;
            if (next.Taken == next.Examples.Count)
            {
                queue.Dequeue();
            }
        }
        areTogether = parts.Count > 1 || queue.Count > 0;
        if (gathered >= enough)
        {
            Monitor.PulseAll(gate);
        }
    }
}
