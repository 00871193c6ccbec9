using System.Net;

namespace Plumbline.Testing;

/// <summary>Records calls, and refuses any call that would leave this machine.</summary>
public sealed class LoopbackOnly : DelegatingHandler
{
    private readonly List<Uri> calls = [];

    public LoopbackOnly()
        : base(new SocketsHttpHandler { UseProxy = false }) { }

    public IReadOnlyList<Uri> Calls
    {
        get
        {
            lock (calls)
            {
                return [.. calls];
            }
        }
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var uri = request.RequestUri!;
        if (!uri.IsLoopback && !(IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)))
        {
            throw new InvalidOperationException($"A test called {uri.Host}, which is not this machine.");
        }

        lock (calls)
        {
            calls.Add(uri);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
