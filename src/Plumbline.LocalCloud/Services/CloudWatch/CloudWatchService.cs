using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.CloudWatch.Alarms;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;
using Plumbline.LocalCloud.State.Retention;

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
        // CloudWatch merges data older than some days into longer periods; here all data stays as long as CloudWatch's
        // longest.
        services.AddExpiry(
            "values of metrics",
            "DELETE FROM metric_data WHERE metric_id IN (SELECT id FROM metrics) AND timestamp < @now - 455 * @day"
        );
        services.AddExpiry(
            "lines of alarms' histories",
            "DELETE FROM alarm_history WHERE timestamp < @now - 30 * @day"
        );
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
