using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Plumbline.LocalCloud;

namespace Plumbline.Cli.Homes;

/// <summary>
/// Exports the activities and metrics of a local cloud in this process: by OTLP if OpenTelemetry's variables name an
/// address, and to Prometheus on a port of its own. By default, it exports nothing, so nobody listens.
/// </summary>
internal sealed class SignalExport : IAsyncDisposable
{
    private const string ServiceName = "plumbline";
    private const string Page = "/metrics";

    private readonly OpenTelemetrySdk? pushed;
    private readonly OpenTelemetrySdk? scraped;
    private WebApplication? pages;

    private SignalExport(OpenTelemetrySdk? pushed, OpenTelemetrySdk? scraped) =>
        (this.pushed, this.scraped) = (pushed, scraped);

    /// <summary>The address of the metrics for Prometheus; null if they are not served.</summary>
    public Uri? Metrics { get; private set; }

    /// <summary>Starts the exports that the environment and the port ask for.</summary>
    /// <param name="metricsPort">The port of the page for Prometheus; 0 takes a free one, null serves no metrics.</param>
    /// <param name="logging">Sets up the log of the web server.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<SignalExport> StartAsync(
        int? metricsPort,
        Action<ILoggingBuilder> logging,
        CancellationToken cancellationToken
    )
    {
        var port = IsDisabled ? null : metricsPort;
        var export = new SignalExport(Pushed(), port is null ? null : Scraped());
        if (port is { } asked)
        {
            await export.ServeAsync(asked, logging, cancellationToken);
        }

        return export;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (pages is not null)
        {
            await pages.DisposeAsync();
        }

        scraped?.Dispose();
        pushed?.Dispose();
    }

    // The SDK reads this variable itself, but the page of a disabled SDK cannot be served.
    private static bool IsDisabled => bool.TryParse(Variable("OTEL_SDK_DISABLED"), out var disabled) && disabled;

    private static OpenTelemetrySdk? Pushed()
    {
        var traces = HasAddress("TRACES");
        var metrics = HasAddress("METRICS");
        return traces || metrics
            ? OpenTelemetrySdk.Create(sdk =>
                // This exporter reads the variables of each signal, but always exports all signals. A signal without an
                // address gets no source, so that nothing is sent to the default address.
                sdk.ConfigureResource(Describe)
                    .WithTracing(tracing => tracing.AddSource(traces ? [LocalCloudHost.SignalSource] : []))
                    .WithMetrics(metering => metering.AddMeter(metrics ? [LocalCloudHost.SignalSource] : []))
                    .UseOtlpExporter()
            )
            : null;
    }

    private static OpenTelemetrySdk Scraped() =>
        OpenTelemetrySdk.Create(sdk =>
            sdk.ConfigureResource(Describe)
                .WithMetrics(metering => metering.AddMeter(LocalCloudHost.SignalSource).AddPrometheusExporter())
        );

    private async Task ServeAsync(int port, Action<ILoggingBuilder> logging, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        logging(builder.Logging);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(IPAddress.Loopback, port);
            });
        pages = builder.Build();
        pages.UseOpenTelemetryPrometheusScrapingEndpoint(
            scraped!.MeterProvider,
            predicate: null,
            Page,
            configureBranchedPipeline: null,
            optionsName: null
        );
        await pages.StartAsync(cancellationToken);
        Metrics = new Uri(new Uri(pages.Urls.First()), Page);
    }

    // The variables come last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES replace our name.
    private static void Describe(ResourceBuilder resource) =>
        resource.Clear().AddTelemetrySdk().AddService(ServiceName).AddEnvironmentVariableDetector();

    private static bool HasAddress(string signal) =>
        Variable($"OTEL_{signal}_EXPORTER") != "none"
        && (
            Variable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 }
            || Variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is { Length: > 0 }
        );

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
