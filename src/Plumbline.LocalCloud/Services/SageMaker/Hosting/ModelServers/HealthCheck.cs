using System.Net.Sockets;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

/// <summary>Waits for a model server to become ready.</summary>
internal static class HealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly ModelRequest Ping = new("GET", "/ping", default);

    /// <summary>Pings until the answer is 200. Returns false if the process ends or the limit passes before.</summary>
    public static async Task<bool> WaitAsync(
        ModelServerPort port,
        SupervisedProcess process,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var started = ProcessTime.Clock.GetTimestamp();
        while (!process.HasEnded && ProcessTime.Clock.GetElapsedTime(started) < limit)
        {
            if (await IsHealthyAsync(port))
            {
                return true;
            }

            await ProcessTime.Delay(Pause, cancellationToken);
        }

        return false;
    }

    private static async Task<bool> IsHealthyAsync(ModelServerPort port)
    {
        try
        {
            using var answer = await port.SendAsync(Ping, Patience);
            return answer.Status == 200;
        }
        catch (Exception exception)
            when (exception is SocketException or IOException or InvalidDataException or OperationCanceledException)
        {
            return false;
        }
    }
}
