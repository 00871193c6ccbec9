using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Logs.Groups;
using Plumbline.LocalCloud.Services.Logs.LogEvents;
using Plumbline.LocalCloud.Services.Logs.Streams;

namespace Plumbline.LocalCloud.Services.Logs;

internal static class LogsService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LogGroupStore>().AddHostedService<LogGroupRunner>();
        services.AddSingleton<LogStreamStore>();
        services.AddSingleton<LogEventStore>().AddSingleton<LogBatchRules>();
        services.AddAwsService("logs", typeof(LogGroupApi), typeof(LogStreamApi), typeof(LogEventApi));
    }
}
