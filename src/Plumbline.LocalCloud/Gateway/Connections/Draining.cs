using Microsoft.Extensions.Hosting;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Gateway.Connections;

/// <summary>
/// Drains the connections when the server is told to stop: a request that comes in on an open connection is still
/// answered, and its answer closes the connection. The server alone would close connections between two requests, and a
/// client that sends one at that moment would never learn whether it was carried out.
/// </summary>
internal sealed class Draining(ConnectionTable connections) : IHostedLifecycleService
{
    /// <summary>A part of the server's time to stop; the rest is for long requests, such as a large upload.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>A client that has had its answer for this long is not about to send another request.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        connections.Close();
        var began = ProcessTime.Clock.GetTimestamp();
        while (!connections.AreAllIdle(Quiet) && ProcessTime.Clock.GetElapsedTime(began) < Longest)
        {
            await ProcessTime.Delay(Look, cancellationToken);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
