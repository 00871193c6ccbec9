using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Logs.Groups;
using Plumbline.LocalCloud.Services.Logs.LogEvents;
using Plumbline.LocalCloud.Services.Logs.Streams;
using Plumbline.LocalCloud.State.Retention;

namespace Plumbline.LocalCloud.Services.Logs;

internal static class LogsService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LogGroupStore>();
        services.AddExpiry(
            "log events",
            """
            DELETE FROM log_events WHERE sequence IN (
                SELECT sequence FROM log_groups
                JOIN log_events ON group_id = id AND timestamp < @now - retention_days * @day)
            """
        );
        services.AddSingleton<LogStreamStore>();
        services.AddSingleton<LogEventStore>().AddSingleton<LogBatchRules>();
        services.AddAwsService("logs", typeof(LogGroupApi), typeof(LogStreamApi), typeof(LogEventApi));
    }
}
