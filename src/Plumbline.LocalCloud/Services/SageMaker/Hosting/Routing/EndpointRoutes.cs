using System.Collections.Concurrent;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Routing;

/// <summary>The routes of all endpoints in service, in memory: an invocation needs no database.</summary>
internal sealed class EndpointRoutes
{
    private readonly ConcurrentDictionary<string, EndpointRoute> routes = new(StringComparer.Ordinal);

    /// <summary>Adds or replaces the endpoint's route.</summary>
    public void Publish(EndpointRoute route) => routes[route.EndpointName] = route;

    /// <summary>Removes the endpoint's route: its callers then get "not found".</summary>
    public void Withdraw(string endpointName) => routes.TryRemove(endpointName, out _);

    /// <summary>Returns the endpoint's route, or null if the endpoint is not in service.</summary>
    public EndpointRoute? Find(string endpointName) => routes.GetValueOrDefault(endpointName);
}
