using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Events;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.Events.Rules;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Events.Deliveries;

/// <summary>
/// Takes events from the outbox, in order, and adds a delivery to each target of the rules that match. One write does
/// both, so that a crash neither loses an event nor sends it twice.
/// </summary>
internal sealed class RouteRunner : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Database database;
    private readonly EventOutbox outbox;
    private readonly RuleStore rules;
    private readonly DeliveryStore deliveries;
    private readonly ILogger<RouteRunner> log;

    private readonly SemaphoreSlim somethingToDo = new(0);
    private readonly ConcurrentDictionary<string, EventPattern> patterns = new();

    public RouteRunner(
        Database database,
        EventOutbox outbox,
        RuleStore rules,
        DeliveryStore deliveries,
        ILogger<RouteRunner> log
    )
    {
        (this.database, this.outbox, this.rules) = (database, outbox, rules);
        (this.deliveries, this.log) = (deliveries, log);
        database.Committed += Wake;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        database.Committed -= Wake;
        base.Dispose();
        somethingToDo.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(log, Pause, RouteAllAsync, somethingToDo.WaitAsync, stoppingToken);

    private async Task RouteAllAsync(CancellationToken stoppingToken)
    {
        while (await RouteSomeAsync())
        {
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private void Wake()
    {
        if (outbox.TakeHasNew())
        {
            somethingToDo.Release();
        }
    }

    private async Task<bool> RouteSomeAsync()
    {
        var waiting = database.Read(connection => outbox.Oldest(connection, Batch));
        if (waiting.Count == 0)
        {
            return false;
        }

        var events = new List<(long Sequence, EventEnvelope Event)>();
        foreach (var (sequence, text) in waiting)
        {
            if (await ReadAsync(sequence, text) is { } @event)
            {
                events.Add((sequence, @event));
            }
        }

        var enabled = rules.List().Where(rule => rule.IsEnabled && Pattern(rule) is not null).ToList();
        var matched = events
            .Select(entry =>
                (entry.Sequence, entry.Event, Rules: enabled.Where(rule => TryMatch(rule, entry.Event)).ToList())
            )
            .ToList();
        await deliveries.WriteAsync(connection =>
        {
            foreach (var (sequence, @event, matching) in matched)
            {
                matching.ForEach(rule => deliveries.Add(connection, rule, @event));
                outbox.Remove(connection, sequence);
            }
        });
        foreach (var (_, @event, matching) in matched)
        {
            matching.ForEach(rule => Log.Matched(log, @event.Id, @event.DetailType, rule.Name));
        }

        return waiting.Count == Batch;
    }

    /// <summary>Returns null for an event that cannot be read: it is set aside, and the others go on.</summary>
    private async Task<EventEnvelope?> ReadAsync(long sequence, string text)
    {
        try
        {
            return new EventEnvelope(JsonDepth.ReadKept(text));
        }
        catch (JsonException exception)
        {
            Log.EventSetAside(log, sequence, exception);
            await database.WriteAsync(connection =>
            {
                SetAsideItems.Add(connection, "event", $"{sequence}", exception.Message, text);
                outbox.Remove(connection, sequence);
            });
            return null;
        }
    }

    private static string? Pattern(EventRule rule) => rule.Described.EventPattern is { Length: > 0 } text ? text : null;

    /// <summary>False, with a line in the log, if the rule's pattern cannot be matched with the event.</summary>
    private bool TryMatch(EventRule rule, EventEnvelope @event)
    {
        try
        {
            return patterns.GetOrAdd(Pattern(rule)!, EventPattern.Parse).Matches(@event.Tree);
        }
        catch (Exception exception)
        {
            Log.NotMatched(log, rule.Name, @event.Id, exception);
            return false;
        }
    }
}
