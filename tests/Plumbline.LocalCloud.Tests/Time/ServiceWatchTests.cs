using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plumbline.LocalCloud.Time;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Time;

public sealed class ServiceWatchTests
{
    [Fact]
    public async Task A_service_that_ends_with_an_error_is_started_again_and_the_process_stays()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton<Failing>().AddHostedService(provider => provider.GetRequiredService<Failing>());
        ServiceWatch.Add(builder.Services);
        using var host = builder.Build();

        await host.StartAsync();

        var failing = host.Services.GetRequiredService<Failing>();
        await Eventually.Async(() => Task.FromResult(failing.Starts), starts => starts >= 3);
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        host.Services.GetRequiredService<ServiceWatch>().Failures["Failing"].ShouldBe("start 2");
        await host.StopAsync();
    }

    private sealed class Failing : BackgroundService
    {
        private int starts;

        public int Starts => Volatile.Read(ref starts);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            var start = Interlocked.Increment(ref starts);
            if (start < 3)
            {
                throw new InvalidOperationException($"start {start}");
            }

            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
    }
}
