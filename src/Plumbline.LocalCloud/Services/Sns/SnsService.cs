using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Sns.Messages;
using Plumbline.LocalCloud.Services.Sns.Subscriptions;
using Plumbline.LocalCloud.Services.Sns.Topics;

namespace Plumbline.LocalCloud.Services.Sns;

internal static class SnsService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<TopicStore>();
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<MessageStore>();
        services
            .AddSingleton<MessageRunner>()
            .AddHostedService(provider => provider.GetRequiredService<MessageRunner>());
        services.AddAwsService("sns", typeof(TopicApi), typeof(SubscriptionApi), typeof(MessageApi));
    }
}
