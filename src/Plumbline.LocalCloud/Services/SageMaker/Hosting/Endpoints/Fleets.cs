using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Routing;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>All running fleets of all endpoints.</summary>
internal sealed class Fleets(EndpointStore store, EndpointRoutes routes, FleetTools tools, ILogger<Fleets> log)
    : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, Fleet> fleets = new();
    private readonly ConcurrentDictionary<Task, bool> retiring = new();

    /// <summary>Finds the servers of a fleet that an earlier run of the local cloud started.</summary>
    public void Adopt(FleetRecord record) => fleets[record.Id] = new Fleet(record, tools);

    /// <summary>Returns a fleet whose servers are kept running from now on.</summary>
    public Fleet Keep(FleetRecord record)
    {
        var fleet = fleets.GetOrAdd(record.Id, _ => new Fleet(record, tools));
        fleet.Keep(stopping.Token);
        return fleet;
    }

    /// <summary>Routes the endpoint's requests to the fleet.</summary>
    public void Publish(FleetRecord record) => routes.Publish(fleets[record.Id].Route(record));

    /// <summary>Ends the routing of the endpoint's requests: callers get "not found".</summary>
    public void Withdraw(string endpointName) => routes.Withdraw(endpointName);

    /// <summary>Stops and removes a fleet without a route. The returned task need not be awaited.</summary>
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

    /// <summary>Ends the watching of all servers, but leaves them running.</summary>
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
            // The fleet is still in the store: the next start of the local cloud retires it.
        }
        catch (Exception exception)
        {
            Log.FleetNotRemoved(log, fleet.EndpointName, exception);
        }
    }
}
