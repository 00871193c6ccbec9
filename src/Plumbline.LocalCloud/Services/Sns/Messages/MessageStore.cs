using Dapper;
using Plumbline.Aws.Views.Sns;
using Plumbline.LocalCloud.Services.Sns.Topics;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Sns.Messages;

/// <param name="MessageId">SNS's id, a UUID.</param>
/// <param name="Topic">The topic's ARN.</param>
/// <param name="Published">Unix milliseconds.</param>
/// <param name="Tree">The input of Publish, as JSON.</param>
internal sealed record PublishedMessage(string MessageId, string Topic, long Published, string Tree);

/// <summary>The messages of all topics.</summary>
internal sealed class MessageStore(Database database, CivilClock clock)
{
    /// <summary>Keeps a message, once for each deduplication id of its topic; durable when it returns.</summary>
    /// <returns>The message's id; for a repetition, that of the first message.</returns>
    /// <exception cref="Aws.Errors.AwsException">The topic does not exist.</exception>
    public Task<string> AddAsync(string topic, PublishInput message) =>
        database.WriteAsync(connection =>
        {
            TopicStore.Require(connection, topic);
            var deduplicationId = message.MessageDeduplicationId;
            var known = connection.ExecuteScalar<string?>(
                "SELECT message_id FROM sns_messages WHERE topic = @topic AND deduplication_id = @deduplicationId",
                new { topic, deduplicationId }
            );
            if (known is not null)
            {
                return known;
            }

            var messageId = Guid.NewGuid().ToString();
            connection.Execute(
                """
                INSERT INTO sns_messages (message_id, topic, published, deduplication_id, tree)
                VALUES (@messageId, @topic, @now, @deduplicationId, @tree)
                """,
                new
                {
                    messageId,
                    topic,
                    deduplicationId,
                    now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    tree = message.Tree.ToJsonString(),
                }
            );
            return messageId;
        });

    /// <summary>The messages that are not in their topic's log yet, oldest first.</summary>
    public IReadOnlyList<PublishedMessage> NotLogged() =>
        database.Read(connection =>
            connection
                .Query<PublishedMessage>(
                    """
                    SELECT message_id AS messageId, topic, published, tree
                    FROM sns_messages WHERE logged = 0 ORDER BY sequence
                    """
                )
                .AsList()
        );

    public Task SetLoggedAsync(string messageId) =>
        database.WriteAsync(connection =>
            connection.Execute("UPDATE sns_messages SET logged = 1 WHERE message_id = @messageId", new { messageId })
        );
}
