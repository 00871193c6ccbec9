using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.CloudWatch.Alarms;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;

namespace Plumbline.LocalCloud.Services.CloudWatch;

internal static class CloudWatchService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<MetricStore>();
        services.AddSingleton<AlarmStore>();
        services.AddSingleton<AlarmHistoryStore>();
        services.AddSingleton<AlarmActionStore>();
        services.AddSingleton<AlarmActionRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<AlarmActionRunner>());
        services.AddSingleton<AlarmRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<AlarmRunner>());
        services.AddAwsService(
            "monitoring",
            typeof(MetricApi),
            typeof(MetricDataApi),
            typeof(MetricStatisticsApi),
            typeof(AlarmApi),
            typeof(AlarmHistoryApi),
            typeof(AlarmTagApi)
        );
    }
}
