using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Routing;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>The services that a fleet needs.</summary>
internal sealed record FleetTools(
    ModelServerLauncher Launcher,
    CaptureLogs Captures,
    MetricRunner Metrics,
    ILogger<ModelServerProcess> Log
);

/// <summary>The running model servers of one endpoint configuration.</summary>
internal sealed class Fleet
{
    private readonly FleetTools tools;
    private readonly List<(ModelServerProcess Server, CaptureLog? Capture)> variants;

    /// <summary>Creates a fleet, and finds its model servers that still run from before a restart.</summary>
    public Fleet(FleetRecord record, FleetTools tools)
    {
        this.tools = tools;
        Id = record.Id;
        EndpointName = record.EndpointName;
        variants = [.. record.Servers.Select(server => Variant(record, server))];
        variants.ForEach(variant => variant.Server.Adopt());
    }

    public string Id { get; }

    public string EndpointName { get; }

    /// <summary>Starts the servers that do not run, and restarts servers that end.</summary>
    public void Keep(CancellationToken stopping) => variants.ForEach(variant => variant.Server.Keep(stopping));

    /// <summary>Waits for healthy servers. Returns null, or the reason why a server cannot become healthy.</summary>
    public async Task<string?> StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var (server, _) in variants)
        {
            if (await server.Started.WaitAsync(cancellationToken) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>Returns a route to the fleet's servers, with the weights of <paramref name="record"/>.</summary>
    public EndpointRoute Route(FleetRecord record) =>
        new(
            EndpointName,
            [
                .. record.Servers.Zip(
                    variants,
                    (server, variant) =>
                        new VariantRoute(
                            server.VariantName,
                            server.Weight,
                            variant.Server.Port,
                            tools.Metrics.Of(EndpointName, server.VariantName, record.EndpointConfigName),
                            variant.Capture
                        )
                ),
            ]
        );

    /// <summary>Waits for requests in progress, then stops all servers.</summary>
    /// <param name="stopping">Cancels the work half-way; the next run of the local cloud must repeat it.</param>
    public async Task EndAsync(CancellationToken stopping)
    {
        await Task.WhenAll(variants.Select(variant => variant.Server.EndAsync(stopping)));
        foreach (var capture in variants.Select(variant => variant.Capture).OfType<CaptureLog>())
        {
            tools.Captures.Close(capture);
        }
    }

    /// <summary>Completes when no task watches the servers, after <see cref="Keep"/>'s token was cancelled.</summary>
    public Task UnwatchedAsync() => Task.WhenAll(variants.Select(variant => variant.Server.UnwatchedAsync()));

    private (ModelServerProcess Server, CaptureLog? Capture) Variant(FleetRecord record, ServerRecord server) =>
        (
            new ModelServerProcess(server, record.EndpointName, tools.Launcher, tools.Log),
            tools.Captures.Open(record.Capture, record.EndpointName, server.VariantName, record.RoleArn)
        );
}
