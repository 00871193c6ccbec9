using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud;

/// <summary>An error of this run.</summary>
/// <param name="Place">The class that logged it.</param>
/// <param name="Text">The item that failed, and why.</param>
internal sealed record RecentError(string Place, string Text);

/// <summary>
/// Counts the logged errors and keeps the newest ones for the health check: a runner skips an item that fails and logs
/// its name, and nobody reads a log without a reason.
/// </summary>
internal sealed class RecentErrors : ILoggerProvider
{
    private const int Most = 10;

    private readonly ConcurrentQueue<RecentError> newest = new();
    private long count;

    /// <summary>The number of errors since the start.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>The last ten errors, oldest first.</summary>
    public IReadOnlyList<RecentError> Newest => [.. newest];

    /// <summary>Adds this provider to the logging, for errors only.</summary>
    public void AddTo(ILoggingBuilder logging) =>
        logging.AddProvider(this).AddFilter<RecentErrors>(category: null, LogLevel.Error);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        new Listener(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    /// <inheritdoc/>
    public void Dispose() { }

    private void Add(RecentError error)
    {
        Interlocked.Increment(ref count);
        newest.Enqueue(error);
        while (newest.Count > Most)
        {
            newest.TryDequeue(out _);
        }
    }

    private sealed class Listener(RecentErrors errors, string place) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                var reason = exception is null ? "" : $" ({exception.Message})";
                errors.Add(new RecentError(place, $"{formatter(state, exception)}{reason}"));
            }
        }
    }
}
