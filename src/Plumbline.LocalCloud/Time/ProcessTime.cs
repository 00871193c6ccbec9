namespace Plumbline.LocalCloud.Time;

/// <summary>Real time, for processes and sockets: limits, stop grace, health checks, signature skew.</summary>
internal static class ProcessTime
{
    public static TimeProvider Clock => TimeProvider.System;

    /// <summary>Waits for a real duration.</summary>
    public static Task Delay(TimeSpan duration, CancellationToken cancellationToken) =>
        Task.Delay(duration, TimeProvider.System, cancellationToken);
}
