using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Time;

/// <summary>
/// Restarts a background service that ended with an error. .NET would end the whole process, and with exit code 0; here
/// only the failed service stops, for a moment.
/// </summary>
internal sealed class ServiceWatch(IServiceProvider services, ILogger<ServiceWatch> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, string> failures = new();

    /// <summary>The last error of each service that ended with one, by the service's name.</summary>
    public IReadOnlyDictionary<string, string> Failures => failures;

    /// <summary>Adds the watch, and keeps .NET from ending the process.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ServiceWatch>().AddHostedService(provider => provider.GetRequiredService<ServiceWatch>());
        services.Configure<HostOptions>(options =>
            options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore
        );
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(log, Tick, RestartAsync, token => ProcessTime.Delay(Tick, token), stoppingToken);

    private async Task RestartAsync(CancellationToken stoppingToken)
    {
        foreach (var service in services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            if (service.ExecuteTask is { IsFaulted: true, Exception.InnerException: { } failure })
            {
                var name = service.GetType().Name;
                failures[name] = failure.Message;
                Log.ServiceFailed(log, name, failure);
                await service.StartAsync(stoppingToken);
            }
        }
    }
}
