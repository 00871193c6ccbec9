namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>The network is gone after some calls: as if the program had been killed there.</summary>
/// <param name="calls">How many calls get through.</param>
/// <param name="answerIsLost">Whether one more is made, whose answer never comes.</param>
/// <param name="counts">Which calls count, the others get through for as long as there is a network; null counts all.</param>
internal sealed class CutConnection(int calls, bool answerIsLost, Func<HttpRequestMessage, bool>? counts = null)
    : DelegatingHandler
{
    private int made;

    /// <summary>How many calls were asked for, of those that count.</summary>
    public int Made => made;

    /// <summary>Whether a call met the end of the network.</summary>
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

/// <summary>The network is gone.</summary>
internal sealed class CutException : Exception;
