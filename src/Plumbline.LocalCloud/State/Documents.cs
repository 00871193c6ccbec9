using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.State;

/// <summary>
/// One kind of resource in the documents table, with the local cloud's own state of each. Stores are built on these;
/// each method runs inside the caller's <see cref="Database.WriteAsync{T}"/> or <see cref="Database.Read{T}"/>.
/// </summary>
/// <typeparam name="TState">
/// The state, in a column of its own: the tree has only members of AWS's shape, so that a Describe can answer with it. A
/// property that is missing in the stored JSON has its default.
/// </typeparam>
/// <param name="kind">The kind, such as <c>sagemaker/training-job</c>.</param>
internal class Documents<TState>(string kind)
{
    private const string Columns = "key, parent, created, modified, tree, state";

    /// <summary>Adds a resource; false if the key is taken, and then nothing changes.</summary>
    public bool TryAdd(
        SqliteConnection connection,
        string key,
        JsonObject tree,
        TState state,
        DateTimeOffset now,
        string parent = ""
    ) =>
        connection.Execute(
            $"INSERT INTO documents (kind, {Columns}) VALUES (@kind, @key, @parent, @at, @at, @tree, @state) ON CONFLICT DO NOTHING",
            new
            {
                kind,
                key,
                parent,
                at = now.ToUnixTimeMilliseconds(),
                tree = tree.ToJsonString(),
                state = OwnJson.Write(state),
            }
        ) == 1;

    /// <summary>Replaces the tree and the state of a resource; false if it does not exist.</summary>
    public bool TryReplace(
        SqliteConnection connection,
        string key,
        JsonObject tree,
        TState state,
        DateTimeOffset now
    ) =>
        connection.Execute(
            "UPDATE documents SET tree = @tree, state = @state, modified = @at WHERE kind = @kind AND key = @key",
            new
            {
                kind,
                key,
                at = now.ToUnixTimeMilliseconds(),
                tree = tree.ToJsonString(),
                state = OwnJson.Write(state),
            }
        ) == 1;

    /// <summary>Removes a resource; false if it did not exist.</summary>
    public bool TryRemove(SqliteConnection connection, string key) =>
        connection.Execute("DELETE FROM documents WHERE kind = @kind AND key = @key", new { kind, key }) == 1;

    /// <summary>Returns a resource, or null if it does not exist.</summary>
    /// <exception cref="UnreadableItemException">It exists and cannot be read.</exception>
    public Document<TState>? Find(SqliteConnection connection, string key) =>
        connection
            .Query<Row>($"SELECT {Columns} FROM documents WHERE kind = @kind AND key = @key", new { kind, key })
            .FirstOrDefault()
            is { } row
            ? row.TryRead() ?? throw new UnreadableItemException($"{kind} {key}")
            : null;

    /// <summary>
    /// Lists the readable resources of the kind, oldest first; only those of a parent if one is given.
    /// </summary>
    public IReadOnlyList<Document<TState>> List(SqliteConnection connection, string? parent = null) =>
        [
            .. connection
                .Query<Row>(
                    $"SELECT {Columns} FROM documents WHERE kind = @kind AND (@parent IS NULL OR parent = @parent) ORDER BY created, key",
                    new { kind, parent }
                )
                .Select(row => row.TryRead())
                .OfType<Document<TState>>(),
        ];

    private sealed record Row(string Key, string Parent, long Created, long Modified, string Tree, string State)
    {
        /// <summary>
        /// Returns null if a damaged disk or another version left the resource unreadable: lists leave it out.
        /// </summary>
        public Document<TState>? TryRead()
        {
            try
            {
                return new(Key, Parent, Created, Modified, JsonDepth.ReadKept(Tree), OwnJson.Read<TState>(State));
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}

/// <summary>One kind of resource of which the local cloud keeps only AWS's tree.</summary>
/// <param name="kind">The kind, such as <c>sagemaker/model</c>.</param>
internal sealed class Documents(string kind) : Documents<NoState>(kind)
{
    /// <inheritdoc cref="Documents{TState}.TryAdd"/>
    public bool TryAdd(
        SqliteConnection connection,
        string key,
        JsonObject tree,
        DateTimeOffset now,
        string parent = ""
    ) => TryAdd(connection, key, tree, NoState.Only, now, parent);

    /// <summary>Replaces the tree of a resource; false if it does not exist.</summary>
    public bool TryReplace(SqliteConnection connection, string key, JsonObject tree, DateTimeOffset now) =>
        TryReplace(connection, key, tree, NoState.Only, now);

    /// <summary>The kinds and keys of all resources that lists leave out because they cannot be read.</summary>
    public static IReadOnlyList<(string Kind, string Key)> Unreadable(SqliteConnection connection) =>
        [
            .. connection.Query<(string Kind, string Key)>(
                """
                SELECT kind, key FROM documents
                WHERE CASE
                    WHEN json_valid(tree) AND json_valid(state) THEN json_type(tree) <> 'object' OR json_type(state) <> 'object'
                    ELSE TRUE END
                ORDER BY kind, key
                """
            ),
        ];
}

/// <summary>The state of a resource that has none besides AWS's tree.</summary>
internal sealed record NoState
{
    public static NoState Only { get; } = new();
}
