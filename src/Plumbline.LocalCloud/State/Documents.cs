using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.State;

/// <summary>A stored resource: its tree in AWS's member names, and the columns by which it is found.</summary>
/// <param name="Key">Unique within its kind: a name or an ARN.</param>
/// <param name="Parent">The resource it is listed under (a package's group, an execution's pipeline), or empty.</param>
/// <param name="Created">Civil time, Unix milliseconds.</param>
/// <param name="Modified">Civil time, Unix milliseconds.</param>
/// <param name="Tree">The resource.</param>
internal sealed record Document(string Key, string Parent, long Created, long Modified, JsonObject Tree);

/// <summary>
/// One kind of resource in the documents table. Stores are built on these; each method runs inside the caller's
/// <see cref="Database.WriteAsync{T}"/> or <see cref="Database.Read{T}"/>.
/// </summary>
/// <param name="kind">The kind, such as <c>sagemaker/training-job</c>.</param>
internal sealed class Documents(string kind)
{
    private const string Columns = "key, parent, created, modified, tree";

    /// <summary>Adds a resource; false if the key is taken, and then nothing changes.</summary>
    public bool TryAdd(
        SqliteConnection connection,
        string key,
        JsonObject tree,
        DateTimeOffset now,
        string parent = ""
    ) =>
        connection.Execute(
            "INSERT INTO documents VALUES (@kind, @key, @parent, @at, @at, @tree) ON CONFLICT DO NOTHING",
            new
            {
                kind,
                key,
                parent,
                at = now.ToUnixTimeMilliseconds(),
                tree = tree.ToJsonString(),
            }
        ) == 1;

    /// <summary>Replaces the tree of a resource; false if it does not exist.</summary>
    public bool TryReplace(SqliteConnection connection, string key, JsonObject tree, DateTimeOffset now) =>
        connection.Execute(
            "UPDATE documents SET tree = @tree, modified = @at WHERE kind = @kind AND key = @key",
            new
            {
                kind,
                key,
                at = now.ToUnixTimeMilliseconds(),
                tree = tree.ToJsonString(),
            }
        ) == 1;

    /// <summary>Removes a resource; false if it did not exist.</summary>
    public bool TryRemove(SqliteConnection connection, string key) =>
        connection.Execute("DELETE FROM documents WHERE kind = @kind AND key = @key", new { kind, key }) == 1;

    /// <summary>Returns a resource, or null if it does not exist.</summary>
    /// <exception cref="UnreadableItemException">It exists and cannot be read.</exception>
    public Document? Find(SqliteConnection connection, string key) =>
        connection
            .Query<Row>($"SELECT {Columns} FROM documents WHERE kind = @kind AND key = @key", new { kind, key })
            .FirstOrDefault()
            is { } row
            ? row.TryRead() ?? throw new UnreadableItemException($"{kind} {key}")
            : null;

    /// <summary>
    /// Lists the readable resources of the kind, oldest first; only those of a parent if one is given.
    /// </summary>
    public IReadOnlyList<Document> List(SqliteConnection connection, string? parent = null) =>
        [
            .. connection
                .Query<Row>(
                    $"SELECT {Columns} FROM documents WHERE kind = @kind AND (@parent IS NULL OR parent = @parent) ORDER BY created, key",
                    new { kind, parent }
                )
                .Select(row => row.TryRead())
                .OfType<Document>(),
        ];

    /// <summary>The kinds and keys of all resources that lists leave out because they cannot be read.</summary>
    public static IReadOnlyList<(string Kind, string Key)> Unreadable(SqliteConnection connection) =>
        [
            .. connection.Query<(string Kind, string Key)>(
                """
                SELECT kind, key FROM documents
                WHERE CASE WHEN json_valid(tree) THEN json_type(tree) <> 'object' ELSE TRUE END
                ORDER BY kind, key
                """
            ),
        ];

    private sealed record Row(string Key, string Parent, long Created, long Modified, string Tree)
    {
        /// <summary>
        /// Returns null if a damaged disk or another version left the resource unreadable: lists leave it out.
        /// </summary>
        public Document? TryRead()
        {
            try
            {
                return new(Key, Parent, Created, Modified, JsonDepth.ReadKept(Tree));
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
