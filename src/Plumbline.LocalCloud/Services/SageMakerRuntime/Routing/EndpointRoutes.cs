using System.Collections.Concurrent;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Routing;

/// <summary>The endpoints that are in service, in memory: an invocation asks no database.</summary>
internal sealed class EndpointRoutes
{
    private readonly ConcurrentDictionary<string, EndpointRoute> routes = new(StringComparer.Ordinal);

    /// <summary>From now on requests to the endpoint go like this.</summary>
    public void Publish(EndpointRoute route) => routes[route.EndpointName] = route;

    /// <summary>From now on there is no such endpoint.</summary>
    public void Withdraw(string endpointName) => routes.TryRemove(endpointName, out _);

    /// <summary>The endpoint's route; null where it is not in service.</summary>
    public EndpointRoute? Find(string endpointName) => routes.GetValueOrDefault(endpointName);
}
