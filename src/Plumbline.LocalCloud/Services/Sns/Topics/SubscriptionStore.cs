using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Sns;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Sns.Topics;

/// <summary>
/// The subscriptions by ARN, below their topic, each with <c>Protocol</c>, <c>Endpoint</c>, <c>Pending</c> and
/// <c>Attributes</c>.
/// </summary>
internal sealed class SubscriptionStore(Database database, CivilClock clock)
{
    private static readonly Documents Subscriptions = new("sns/subscription");

    /// <summary>Adds a subscription, or finds the topic's subscription with the same endpoint.</summary>
    /// <returns>The stored subscription with its ARN.</returns>
    public Task<Document> AddAsync(string topic, JsonObject subscription) =>
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
            Subscriptions.TryAdd(connection, arn, subscription, clock.GetUtcNow(), topic);
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
    public Task ChangeAsync(string arn, Action<JsonObject> change) =>
        database.WriteAsync(connection =>
        {
            var subscription = Subscriptions.Find(connection, arn)?.Tree ?? throw SnsErrors.NoSubscription();
            change(subscription);
            Subscriptions.TryReplace(connection, arn, subscription, clock.GetUtcNow());
        });

    public Document? Find(string arn) => database.Read(connection => Subscriptions.Find(connection, arn));

    /// <param name="topic">The topic of the subscriptions; null for all.</param>
    public IReadOnlyList<Document> List(string? topic) =>
        database.Read(connection => Subscriptions.List(connection, topic));

    /// <exception cref="Aws.Errors.AwsException">The topic does not exist.</exception>
    public IReadOnlyList<Document> ListOf(string topic) =>
        database.Read(connection =>
        {
            TopicStore.Require(connection, topic);
            return Subscriptions.List(connection, topic);
        });

    public (int Confirmed, int Pending) Count(string topic)
    {
        var all = List(topic);
        var pending = all.Count(IsPending);
        return (all.Count - pending, pending);
    }

    public static bool IsPending(Document subscription) => subscription.Tree.Bool("Pending") ?? false;

    private static bool IsSame(Subscription one, Subscription other) =>
        one.Protocol == other.Protocol && one.Endpoint == other.Endpoint;
}
