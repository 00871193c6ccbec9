using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Sns.Messages;
using Plumbline.LocalCloud.Services.Sns.Subscriptions;
using Plumbline.LocalCloud.Services.Sns.Topics;
using Plumbline.LocalCloud.State.Retention;

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
        // By then they are in their topic's log; until then, a repetition is known by its deduplication id.
        services.AddExpiry("messages", "DELETE FROM sns_messages WHERE logged = 1 AND published < @now - 14 * @day");
        services.AddAwsService("sns", typeof(TopicApi), typeof(SubscriptionApi), typeof(MessageApi));
    }
}
