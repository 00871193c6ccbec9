namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>The network is gone after some calls: as if the program had been killed there.</summary>
/// <param name="calls">How many calls get through.</param>
/// <param name="answerIsLost">Whether one more is made, whose answer never comes.</param>
internal sealed class CutConnection(int calls, bool answerIsLost) : DelegatingHandler
{
    private int made;

    /// <summary>How many calls got through.</summary>
    public int Made => made;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
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
