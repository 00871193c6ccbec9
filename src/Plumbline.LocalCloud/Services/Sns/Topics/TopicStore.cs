using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Sns.Topics;

/// <summary>The topics by ARN, each with its <c>Attributes</c> and its tags.</summary>
internal sealed class TopicStore(Database database, CivilClock clock, SubscriptionStore subscriptions)
{
    private static readonly Documents<TagState> Topics = new("sns/topic");

    /// <summary>Adds a topic; returns null, or the existing topic if there is one.</summary>
    public Task<Document<TagState>?> AddAsync(string arn, JsonObject topic, TagState tags) =>
        database.WriteAsync(connection =>
            Topics.TryAdd(connection, arn, topic, tags, clock.GetUtcNow()) ? null : Topics.Find(connection, arn)
        );

    public Task RemoveAsync(string arn) =>
        database.WriteAsync(connection =>
        {
            Topics.TryRemove(connection, arn);
            subscriptions.RemoveAll(connection, arn);
        });

    public Task ChangeAsync(string arn, Action<Document<TagState>> change) =>
        database.WriteAsync(connection =>
        {
            var topic = Topics.Find(connection, arn) ?? throw SnsErrors.NoTopic();
            change(topic);
            Topics.TryReplace(connection, arn, topic.Tree, topic.State, clock.GetUtcNow());
        });

    public Document<TagState>? Find(string arn) => database.Read(connection => Topics.Find(connection, arn));

    /// <exception cref="Aws.Errors.AwsException">The topic does not exist.</exception>
    public static void Require(SqliteConnection connection, string arn)
    {
        if (Topics.Find(connection, arn) is null)
        {
            throw SnsErrors.NoTopic();
        }
    }

    public IEnumerable<string> List() =>
        database.Read(connection => Topics.List(connection)).Select(topic => topic.Key);
}
