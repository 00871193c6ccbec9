using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Events;

namespace Plumbline.LocalCloud.State;

/// <summary>
/// Events between the change that caused them and the rules that match them. An event is written in the same
/// transaction as its change and removed after delivery, so that a crash between the two delivers it again.
/// </summary>
/// <param name="clock">Gives events their time.</param>
internal sealed class EventOutbox(CivilClock clock)
{
    /// <summary>
    /// Raised on the writer's thread with each ARN that an event is about, before the event is committed. Listeners
    /// wait for <see cref="Database.Committed"/>, and must tolerate an event that is rolled back.
    /// </summary>
    public event Action<string>? Added;

    private volatile bool hasNew = true;

    /// <summary>Adds an event of an AWS service, in EventBridge's envelope, to the caller's transaction.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="source">Such as <c>aws.sagemaker</c>.</param>
    /// <param name="detailType">Such as <c>SageMaker Model Package State Change</c>.</param>
    /// <param name="detail">The event's own content.</param>
    /// <param name="resources">ARNs it is about.</param>
    public void Add(
        SqliteConnection connection,
        string source,
        string detailType,
        JsonObject detail,
        params IEnumerable<string> resources
    )
    {
        var about = resources.ToList();
        var envelope = EventEnvelope.Of(
            source,
            detailType,
            clock.GetUtcNow(),
            LocalCloudIdentity.Account,
            LocalCloudIdentity.Region,
            about,
            detail.DeepClone().AsObject()
        );
        Add(connection, envelope);
        about.ForEach(resource => Added?.Invoke(resource));
    }

    /// <summary>Adds an event that already has its envelope, to the caller's transaction.</summary>
    public void Add(SqliteConnection connection, EventEnvelope envelope)
    {
        connection.Execute(
            "INSERT INTO event_outbox (event) VALUES (@text)",
            new { text = envelope.Tree.ToJsonString() }
        );
        hasNew = true;
    }

    /// <summary>
    /// True if events may have come since the last call; cheap, because it is called after each commit.
    /// </summary>
    public bool TakeHasNew()
    {
        var taken = hasNew;
        hasNew = false;
        return taken;
    }

    /// <summary>The oldest events not yet delivered, at most <paramref name="count"/>.</summary>
    /// <remarks>They are texts: an event that cannot be read must not block the others.</remarks>
    public IReadOnlyList<(long Sequence, string Event)> Oldest(SqliteConnection connection, int count) =>
        [
            .. connection.Query<(long Sequence, string Event)>(
                "SELECT sequence, event FROM event_outbox ORDER BY sequence LIMIT @count",
                new { count }
            ),
        ];

    /// <summary>Forgets a delivered event.</summary>
    public void Remove(SqliteConnection connection, long sequence) =>
        connection.Execute("DELETE FROM event_outbox WHERE sequence = @sequence", new { sequence });
}
