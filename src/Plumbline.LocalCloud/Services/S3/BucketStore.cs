using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3;

/// <param name="Name">The bucket's name.</param>
/// <param name="Created">Civil time, Unix milliseconds.</param>
internal sealed record Bucket(string Name, long Created);

internal sealed class BucketStore(Database database, ObjectFiles files, CivilClock clock)
{
    /// <summary>The property with the text of the bucket's policy.</summary>
    public const string PolicyProperty = "Policy";

    private static readonly Policy NoPolicy = new([]);
    private readonly PolicyCache<Policy> policies = new();

    /// <summary>All buckets, by name.</summary>
    public IReadOnlyList<Bucket> List() =>
        database.Read(connection =>
            connection.Query<Bucket>("SELECT name, created FROM buckets ORDER BY name").ToList()
        );

    /// <summary>Throws if the bucket does not exist.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public void Check(string name)
    {
        if (!database.Read(connection => Exists(connection, name)))
        {
            throw ObjectStore.NoSuchBucket(name);
        }
    }

    /// <summary>Creates a bucket, or does nothing if it exists.</summary>
    public Task AddAsync(string name, JsonObject properties) =>
        database.WriteAsync(connection =>
            connection.Execute(
                "INSERT INTO buckets (name, created, properties) VALUES (@name, @created, @text) ON CONFLICT DO NOTHING",
                new
                {
                    name,
                    created = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    text = properties.ToJsonString(),
                }
            )
        );

    /// <summary>A bucket's properties besides its name, in AWS's member names.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public JsonObject Properties(string name) => database.Read(connection => Properties(connection, name));

    /// <summary>Changes a bucket's properties.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public async Task ChangeAsync(string name, Action<JsonObject> change)
    {
        await database.WriteAsync(connection =>
        {
            var properties = Properties(connection, name);
            change(properties);
            connection.Execute(
                "UPDATE buckets SET properties = @text WHERE name = @name",
                new { name, text = properties.ToJsonString() }
            );
        });
        policies.Forget(name);
    }

    /// <summary>Returns the policy of a bucket; null without one, or if the bucket does not exist.</summary>
    public Policy? Policy(string name) =>
        policies.Get(name, ReadPolicy) is { Statements.Count: > 0 } policy ? policy : null;

    /// <summary>Enabled or Suspended; null in a bucket that never had versions.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public string? Versioning(string name)
    {
        Check(name);
        return database.Read(connection => Versioning(connection, name));
    }

    /// <summary>Enables or suspends versioning.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public Task SetVersioningAsync(string name, string status) =>
        database.WriteAsync(connection =>
        {
            if (
                connection.Execute("UPDATE buckets SET versioning = @status WHERE name = @name", new { name, status })
                == 0
            )
            {
                throw ObjectStore.NoSuchBucket(name);
            }
        });

    /// <summary>Removes a bucket without objects and versions, and its unfinished uploads with it.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket, or 409 BucketNotEmpty.</exception>
    public async Task RemoveAsync(string name)
    {
        var parts = await database.WriteAsync(connection => Remove(connection, name));
        policies.Forget(name);
        parts.ForEach(files.Remove);
    }

    private static List<string> Remove(SqliteConnection connection, string name)
    {
        if (!Exists(connection, name))
        {
            throw ObjectStore.NoSuchBucket(name);
        }

        if (
            connection.ExecuteScalar<bool>(
                """
                SELECT EXISTS (SELECT 1 FROM objects WHERE bucket = @name)
                    OR EXISTS (SELECT 1 FROM object_versions WHERE bucket = @name)
                """,
                new { name }
            )
        )
        {
            var all = Versioning(connection, name) is null ? "" : ". You must delete all versions in the bucket.";
            throw new AwsException("BucketNotEmpty", 409, "The bucket you tried to delete is not empty" + all)
            {
                Members = new() { ["BucketName"] = name },
            };
        }

        var parts = connection
            .Query<string>(
                "SELECT file FROM multipart_parts JOIN multipart_uploads ON id = upload WHERE bucket = @name",
                new { name }
            )
            .ToList();
        connection.Execute("DELETE FROM buckets WHERE name = @name", new { name });
        return parts;
    }

    private Policy? ReadPolicy(string name) =>
        database.Read(connection => FindProperties(connection, name)) is not { } properties ? null
        : properties.Text(PolicyProperty) is { } document ? PolicyReader.ReadKept(document, PolicyKind.Bucket)
        : NoPolicy;

    private static JsonObject Properties(SqliteConnection connection, string name) =>
        FindProperties(connection, name) ?? throw ObjectStore.NoSuchBucket(name);

    private static JsonObject? FindProperties(SqliteConnection connection, string name) =>
        connection.QueryFirstOrDefault<string>("SELECT properties FROM buckets WHERE name = @name", new { name })
            is { } text
            ? JsonDepth.ReadKept(text)
            : null;

    private static string? Versioning(SqliteConnection connection, string name) =>
        connection.QueryFirstOrDefault<string>("SELECT versioning FROM buckets WHERE name = @name", new { name });

    private static bool Exists(SqliteConnection connection, string name) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM buckets WHERE name = @name)", new { name });
}
