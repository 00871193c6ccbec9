using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Services.SageMaker.ModelServers;
using Plumbline.LocalCloud.Services.SageMakerRuntime.Capture;
using Plumbline.LocalCloud.Services.SageMakerRuntime.Metrics;
using Plumbline.LocalCloud.Services.SageMakerRuntime.Routing;

namespace Plumbline.LocalCloud.Services.SageMaker.Endpoints;

/// <summary>The services that fleets are made with.</summary>
internal sealed record FleetTools(
    ModelServerLauncher Launcher,
    CaptureLogs Captures,
    MetricRunner Metrics,
    ILogger<ModelServer> Log
);

/// <summary>The model servers of one endpoint configuration, at work.</summary>
internal sealed class Fleet
{
    private readonly FleetTools tools;
    private readonly List<(ModelServer Server, CaptureLog? Capture)> variants;

    /// <summary>A fleet; servers of it that an earlier server of the local cloud started are found.</summary>
    public Fleet(FleetRecord record, FleetTools tools)
    {
        this.tools = tools;
        Id = record.Id;
        EndpointName = record.EndpointName;
        variants = [.. record.Servers.Select(server => Variant(record, server))];
        variants.ForEach(variant => variant.Server.Adopt());
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Whose it is.</summary>
    public string EndpointName { get; }

    /// <summary>Starts what does not run, and keeps it running.</summary>
    public void Keep(CancellationToken stopping) => variants.ForEach(variant => variant.Server.Keep(stopping));

    /// <summary>Null once all servers are healthy, or why one will not be.</summary>
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

    /// <summary>The way to its servers, with the weights of <paramref name="record"/>.</summary>
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

    /// <summary>Lets running requests end, and stops all servers.</summary>
    /// <param name="stopping">Gives up half-way; whoever comes next begins again.</param>
    public async Task EndAsync(CancellationToken stopping)
    {
        await Task.WhenAll(variants.Select(variant => variant.Server.EndAsync(stopping)));
        foreach (var capture in variants.Select(variant => variant.Capture).OfType<CaptureLog>())
        {
            tools.Captures.Close(capture);
        }
    }

    /// <summary>Completes when nobody watches its servers any more, after the token of <see cref="Keep"/> has ended.</summary>
    public Task UnwatchedAsync() => Task.WhenAll(variants.Select(variant => variant.Server.UnwatchedAsync()));

    private (ModelServer Server, CaptureLog? Capture) Variant(FleetRecord record, ServerRecord server) =>
        (
            new ModelServer(server, record.EndpointName, tools.Launcher, tools.Log),
            tools.Captures.Open(record.DataCaptureConfig, record.EndpointName, server.VariantName, record.RoleArn)
        );
}
