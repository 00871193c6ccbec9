using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Events.Buses;
using Plumbline.LocalCloud.Services.Events.Deliveries;
using Plumbline.LocalCloud.Services.Events.Incoming;
using Plumbline.LocalCloud.Services.Events.Rules;
using Plumbline.LocalCloud.Services.Events.Targets;

namespace Plumbline.LocalCloud.Services.Events;

internal static class EventsService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EventBusStore>();
        services.AddSingleton<RuleStore>();
        services.AddSingleton<DeliveryStore>();
        services.AddHostedService<RouteRunner>();
        services.AddHostedService<ScheduleRunner>();
        services.AddHostedService<DeliveryRunner>();
        services.AddAwsService(
            "events",
            typeof(RuleApi),
            typeof(RuleTagApi),
            typeof(TargetApi),
            typeof(EventApi),
            typeof(EventBusApi)
        );
    }
}
