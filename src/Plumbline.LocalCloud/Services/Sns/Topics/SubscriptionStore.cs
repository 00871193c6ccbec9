using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.Sns;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Sns.Topics;

/// <summary>
/// The subscriptions by ARN, below their topic, each with <c>Protocol</c>, <c>Endpoint</c> and <c>Attributes</c>.
/// </summary>
internal sealed class SubscriptionStore(Database database, CivilClock clock)
{
    private static readonly Documents<SubscriptionState> Subscriptions = new("sns/subscription");

    /// <summary>Adds a subscription, or finds the topic's subscription with the same endpoint.</summary>
    /// <returns>The stored subscription with its ARN.</returns>
    public Task<Document<SubscriptionState>> AddAsync(string topic, JsonObject subscription, bool isPending) =>
        database.WriteAsync(connection =>
        {
            TopicStore.Require(connection, topic);
            var wanted = new Subscription(subscription);
            var known = Subscriptions
                .List(connection, topic)
                .FirstOrDefault(other => IsSame(new Subscription(other.Tree), wanted));
            if (known is not null)
            {
                return known;
            }

            var arn = $"{topic}:{Guid.NewGuid()}";
            var state = new SubscriptionState { Pending = isPending };
            Subscriptions.TryAdd(connection, arn, subscription, state, clock.GetUtcNow(), topic);
            return Subscriptions.Find(connection, arn)!;
        });

    public Task RemoveAsync(string arn) => database.WriteAsync(connection => Subscriptions.TryRemove(connection, arn));

    public void RemoveAll(SqliteConnection connection, string topic)
    {
        foreach (var subscription in Subscriptions.List(connection, topic))
        {
            Subscriptions.TryRemove(connection, subscription.Key);
        }
    }

    /// <exception cref="Aws.Errors.AwsException">The subscription does not exist.</exception>
    public Task ChangeAsync(string arn, Action<Document<SubscriptionState>> change) =>
        database.WriteAsync(connection =>
        {
            var known = Subscriptions.Find(connection, arn) ?? throw SnsErrors.NoSubscription();
            change(known);
            Subscriptions.TryReplace(connection, arn, known.Tree, known.State, clock.GetUtcNow());
        });

    public Document<SubscriptionState>? Find(string arn) =>
        database.Read(connection => Subscriptions.Find(connection, arn));

    /// <param name="topic">The topic of the subscriptions; null for all.</param>
    public IReadOnlyList<Document<SubscriptionState>> List(string? topic) =>
        database.Read(connection => Subscriptions.List(connection, topic));

    /// <exception cref="Aws.Errors.AwsException">The topic does not exist.</exception>
    public IReadOnlyList<Document<SubscriptionState>> ListOf(string topic) =>
        database.Read(connection =>
        {
            TopicStore.Require(connection, topic);
            return Subscriptions.List(connection, topic);
        });

    public (int Confirmed, int Pending) Count(string topic)
    {
        var all = List(topic);
        var pending = all.Count(one => one.State.Pending);
        return (all.Count - pending, pending);
    }

    private static bool IsSame(Subscription one, Subscription other) =>
        one.Protocol == other.Protocol && one.Endpoint == other.Endpoint;
}

/// <summary>The local cloud's own state of a subscription.</summary>
internal sealed class SubscriptionState
{
    /// <summary>True until the subscription is confirmed.</summary>
    public bool Pending { get; set; }
}
