using System.Diagnostics;

namespace Plumbline.Serving.Onnx;

/// <summary>A request whose examples are not all answered yet. The parts of a large one may run at the same time.</summary>
internal sealed class WaitingRequest(Examples examples)
{
    private int finished;
    private RequestError? failure;

    public Examples Examples { get; } = examples;

    public long Since { get; } = Stopwatch.GetTimestamp();

    public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of examples that are in a batch already.</summary>
    public int Taken { get; set; }

    /// <summary>Keeps the reason why examples of it cannot be computed; the first one counts.</summary>
    public void Fail(RequestError error) => Interlocked.CompareExchange(ref failure, error, null);

    /// <summary>Counts examples as finished; the last ones end the request.</summary>
    public void Finish(int count)
    {
        if (Interlocked.Add(ref finished, count) < Examples.Count)
        {
            return;
        }
        if (failure is { } error)
        {
            Answered.SetException(error);
        }
        else
        {
            Answered.SetResult();
        }
    }
}
