namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>Cuts the network after some calls, as if the program had been killed there.</summary>
/// <param name="calls">The number of calls that succeed.</param>
/// <param name="answerIsLost">True to send one more call and lose its answer.</param>
/// <param name="counts">Selects the calls that count; the others succeed until the cut. Null counts all calls.</param>
internal sealed class CutConnection(int calls, bool answerIsLost, Func<HttpRequestMessage, bool>? counts = null)
    : DelegatingHandler
{
    private int made;

    /// <summary>The number of counted calls.</summary>
    public int Made => made;

    /// <summary>True after a call has failed because of the cut.</summary>
    public bool IsCut => made > calls;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (!IsCut && counts?.Invoke(request) == false)
            return await base.SendAsync(request, cancellationToken);
        var number = Interlocked.Increment(ref made);
        if (number <= calls)
            return await base.SendAsync(request, cancellationToken);
        if (answerIsLost && number == calls + 1)
            (await base.SendAsync(request, cancellationToken)).Dispose();
        throw new CutException();
    }
}

internal sealed class CutException : Exception;
