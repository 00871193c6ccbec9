namespace Plumbline.LocalCloud.Time;

/// <summary>Real time, for what processes and sockets do: limits, stop grace, health checks, signature skew.</summary>
public static class ProcessTime
{
    /// <summary>The real clock.</summary>
    public static TimeProvider Clock => TimeProvider.System;

    /// <summary>Waits for a real duration.</summary>
    public static Task Delay(TimeSpan duration, CancellationToken cancellationToken) =>
        Task.Delay(duration, TimeProvider.System, cancellationToken);
}
