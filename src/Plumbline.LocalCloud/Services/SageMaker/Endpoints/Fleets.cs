using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Services.SageMakerRuntime.Routing;

namespace Plumbline.LocalCloud.Services.SageMaker.Endpoints;

/// <summary>All fleets at work.</summary>
internal sealed class Fleets(EndpointStore store, EndpointRoutes routes, FleetTools tools, ILogger<Fleets> log)
    : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, Fleet> fleets = new();
    private readonly ConcurrentDictionary<Task, bool> retiring = new();

    /// <summary>Finds the servers of a fleet that an earlier server of the local cloud started.</summary>
    public void Adopt(FleetRecord record) => fleets[record.Id] = new Fleet(record, tools);

    /// <summary>A fleet, kept running from here on.</summary>
    public Fleet Keep(FleetRecord record)
    {
        var fleet = fleets.GetOrAdd(record.Id, _ => new Fleet(record, tools));
        fleet.Keep(stopping.Token);
        return fleet;
    }

    /// <summary>From now on the endpoint's requests go to the fleet.</summary>
    public void Publish(FleetRecord record) => routes.Publish(fleets[record.Id].Route(record));

    /// <summary>From now on the endpoint takes no requests.</summary>
    public void Withdraw(string endpointName) => routes.Withdraw(endpointName);

    /// <summary>Stops a fleet that no route leads to any more, and forgets it; need not be waited for.</summary>
    public Task RetireAsync(string id)
    {
        if (!fleets.TryRemove(id, out var fleet))
        {
            return Task.CompletedTask;
        }

        var task = Task.Run(() => EndAsync(fleet), CancellationToken.None);
        retiring[task] = true;
        task.ContinueWith(ended => retiring.TryRemove(ended, out _), TaskScheduler.Default);
        return task;
    }

    /// <summary>Leaves all servers running, unwatched.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(retiring.Keys);
        await Task.WhenAll(fleets.Values.Select(fleet => fleet.UnwatchedAsync()));
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private async Task EndAsync(Fleet fleet)
    {
        try
        {
            await fleet.EndAsync(stopping.Token);
            await store.RemoveFleetAsync(fleet.Id);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It is still in the store: the next start of the local cloud goes on.
        }
        catch (Exception exception)
        {
            Log.FleetNotRemoved(log, fleet.EndpointName, exception);
        }
    }
}
